"""Patterns that take a value apart without a choice: `(a, b) = pair`, `for Point { x, y } in points`.

Such a pattern must fit every value, except that a vector may turn out to have another size, which panics.
"""

from qz.sema.body import MatchPlan
from qz.sema.check.checker import Checker
from qz.sema.check.matches import decided, examples, listed
from qz.sema.check.patterns import PatternReader
from qz.sema.matching.nodes import Aspect, Fail, Fork, Leaf, Node
from qz.sema.matching.occurrences import Occurrence
from qz.sema.matching.patterns import ANYTHING
from qz.sema.matching.rows import Row
from qz.sema.types import ERROR, NEVER, NONE, VOID, TypeId, TypeKind
from qz.syntax.nodes import NodeKind

K = NodeKind


def destructure(c: Checker, node: int, want: TypeId) -> TypeId:
    """`pattern = e`."""
    pattern, value = c.lhs[node], c.rhs[node]
    take_apart(c, pattern, c.operand(value, _asked(c, pattern) if c.kind[value] == K.TUPLE else NONE))
    return VOID


def _asked(c: Checker, pattern: int) -> TypeId:
    """What the variables in a pattern ask of the value that is written for them; `NONE` of any other."""
    if c.kind[pattern] == K.PAT_TUPLE:
        parts = [_asked(c, part) for part in c.list(c.lhs[pattern])]
        asks = any(part != NONE for part in parts)
        return c.infer.make(TypeKind.TUPLE, tuple(p or c.infer.fresh() for p in parts)) if asks else NONE
    is_name = c.kind[pattern] == K.PAT_NAME and c.decls[pattern] > 0
    return c.body.locals[c.decls[pattern] - 1].type if is_name else NONE


def take_apart(c: Checker, pattern: int, found: TypeId, *, reports: bool = True) -> None:
    """Give the names of a pattern their types, and plan how they get their values; one that may not fit is
    reported, unless somebody else does."""
    found = ERROR if found == NEVER else found
    entry = c.decls[pattern]
    if c.kind[pattern] == K.PAT_NAME and entry > 0 and c.body.locals[entry - 1].type == NONE:
        c.body.locals[entry - 1].type = found
        return
    value = Occurrence(found)
    reader = PatternReader(c)
    read = reader.read(pattern, value)
    bindings = tuple(reader.bindings)
    if reader.failed or found == ERROR:
        return
    if read is ANYTHING:
        c.body.matches[pattern] = MatchPlan((value,), Leaf(0, bindings))
        return
    decision = decided(c, pattern, [value], [Row(0, (read,), bindings)], [False])
    if decision is None:
        return
    c.body.matches[pattern] = MatchPlan((value,), decision.root)
    if reports and not _is_straight(decision.root):
        shown = examples(c, [value], decision)
        help_text = "take it apart with `match`, or test it with `is`"
        c.sink.report("QZ0111", c.extent(pattern), help=help_text, missing=listed(shown))


def _is_straight(node: Node) -> bool:
    """Whether nothing is decided: every test has one outcome, or asks how many elements a vector has."""
    while isinstance(node, Fork):
        following = {id(n): n for n in node.following()}
        fitting = [n for n in following.values() if not isinstance(n, Fail)]
        if len(fitting) != 1 or (len(following) > 1 and node.kind is not Aspect.LENGTH):
            return False
        node = fitting[0]
    return True
