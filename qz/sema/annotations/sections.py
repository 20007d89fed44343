"""Whether what `@section` asks for can be had: a section holds code or variables, and some hold what linkers
and loaders expect of them."""

from __future__ import annotations

import re

from qz.diagnostics.model import Note
from qz.sema.decls import FunctionDecl, GlobalDecl
from qz.sema.program import Program

_NAME = re.compile(r"[A-Za-z_.][A-Za-z0-9_.$-]*")

_OF_CODE = frozenset({".text", ".init", ".fini", ".plt"})
_OF_VARIABLES = frozenset({".data", ".init_array", ".fini_array", ".preinit_array"})
_OF_OTHERS = frozenset(
    {
        *(".bss", ".rodata", ".tbss", ".tdata", ".eh_frame", ".gcc_except_table", ".got", ".dynamic"),
        *(".note", ".comment", ".debug", ".symtab", ".strtab", ".shstrtab", ".rel", ".rela", ".interp"),
    }
)
"""Those that hold nothing that a program changes and nothing that it runs, or that are made by the linker."""


def check_sections(program: Program) -> None:
    """Report whatever cannot lie in the section that is named for it."""
    first: dict[str, FunctionDecl | GlobalDecl] = {}
    for decl in program.sectioned:
        assert decl.linking is not None
        section, span = decl.linking.section, decl.linking.section_span
        why = _problem(section, is_code=isinstance(decl, FunctionDecl))
        other = first.setdefault(section, decl)
        notes: list[Note] = []
        if not why and isinstance(other, FunctionDecl) != isinstance(decl, FunctionDecl):
            assert other.linking is not None
            why = f"it has `{other.name}`, and code and variables do not lie together"
            notes.append(Note(other.linking.section_span, f"`{other.name}` lies there"))
        if why:
            program.sink.report("QZ0345", span, notes=notes, name=decl.name, section=section, why=why)


def _problem(section: str, *, is_code: bool) -> str:
    """Why a section cannot have something of a kind; empty where it can."""
    if not _NAME.fullmatch(section):
        return "that is no name of a section"
    known = "." + section.split(".")[1] if section.startswith(".") else section
    if known in _OF_OTHERS:
        return "the linker has a use of its own for it"
    if known in (_OF_VARIABLES if is_code else _OF_CODE):
        return "it holds variables" if is_code else "it holds code"
    return ""
