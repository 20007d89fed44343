"""Bodies as text for `dump-ir --stage resolved` and `typed`: the tree, each line with what was found out."""

from collections.abc import Iterator

from qz.sema.body import Body
from qz.sema.program import Program
from qz.sema.types import NONE
from qz.syntax.dump import dump_ast


def dump_body(program: Program, body: Body, *, with_types: bool) -> Iterator[str]:
    """One line a node, indented by depth; `→` says what a name means, `:` the type of an expression."""

    def note(node: int) -> str:
        parts: list[str] = []
        entry = body.decls[node]
        if 0 < entry <= len(body.locals):
            parts.append(f"→ local {entry - 1} `{body.locals[entry - 1].name}`")
        elif entry < 0:
            parts.append(f"→ {program.decls[-entry - 1].name}")
        if with_types and body.types[node] != NONE:
            parts.append(f": {program.show(body.types[node])}")
        plan = body.calls.get(node)
        if with_types and plan is not None:
            parts.append(f"calls {plan.function.display}")
        return " ".join(parts)

    yield f"; {body.name}: {body.tree.n} nodes, {len(body.locals)} locals"
    yield from dump_ast(body.module.tokens, body.tree, body.root, note)
