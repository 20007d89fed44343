"""Traits that extend themselves, directly or by others: nothing could be said of what they ask for."""

from __future__ import annotations

from itertools import pairwise

from qz.diagnostics.model import Note
from qz.sema.decls import TraitDecl
from qz.sema.program import Program


def check_extends(program: Program, trait: TraitDecl) -> None:
    """Report a trait that leads back to itself; of those in a circle only the first that is declared."""
    path = _way_back(program, trait)
    if path and trait.id == min(one.id for one in path):
        behind = [*path[1:], trait]
        notes = [Note(one.span, f"`{one.name}` extends `{other.name}`") for one, other in pairwise(behind)]
        by = f", by way of `{path[1].name}`" if len(path) > 1 else ""
        program.sink.report("QZ0323", trait.span, notes=notes, name=trait.name, by=by)


def _way_back(program: Program, trait: TraitDecl) -> list[TraitDecl]:
    """A shortest way from a trait to itself, without its end; empty where there is none."""
    paths, seen = [[trait]], {trait.id}
    for path in paths:
        for extended in _extended(program, path[-1]):
            if extended is trait:
                return path
            if extended.id not in seen:
                seen.add(extended.id)
                paths.append([*path, extended])
    return []


def _extended(program: Program, trait: TraitDecl) -> list[TraitDecl]:
    """The traits that a trait's header names behind its own."""
    found: list[TraitDecl] = []
    for bound in trait.bounds[1:]:
        decl = program.decls[program.types.args[bound.trait][0]]
        if bound.param == trait.self_type and isinstance(decl, TraitDecl):
            found.append(decl)
    return found
