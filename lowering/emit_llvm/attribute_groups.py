"""Attribute groups and metadata nodes whose numbers are the same in every unit."""

from lowering.abi.alias_classes import ALIAS_CLASSES, WRITTEN_ONCE

DEFINITION = "#0"
"""What holds of every Quartz function; the unit adds the target's attributes."""

PANIC = "#1"
"""Functions that end the program."""

QUARTZ_DECLARATION = "#2"
"""Any other Quartz function from another unit."""

COLD_DECLARATION = "#3"
"""Functions that are called rarely."""


RARELY_CALLED = "#4"
"""A call that is not worth the room that inlining it would take."""

SELDOM_CALLED = "#5"
"""A call that is to be inlined only where that takes hardly any room, if the unit is one of many."""

SOMETIMES_CALLED = "#6"
"""A call that is worth that room, but not if the unit is one of many."""

_NO_LARGER = 15
"""The cost, to the inliner, of a body that takes about as much room as a call of it: a few operations, or
many that become few because it is called with a function that is known. LLVM's own bound is 225."""


def attribute_groups(target_attributes: str, *, frugal: bool) -> list[str]:
    """The attribute groups of a unit; ``frugal``: of one of many."""
    extra = f" {target_attributes}" if target_attributes else ""
    seldom = f' "function-inline-threshold"="{_NO_LARGER}"' if frugal else ""
    return [
        f"attributes {DEFINITION} = {{ nounwind uwtable{extra} }}",
        f"attributes {PANIC} = {{ cold noreturn nounwind }}",
        f"attributes {QUARTZ_DECLARATION} = {{ nounwind }}",
        f"attributes {COLD_DECLARATION} = {{ cold nounwind }}",
        f"attributes {RARELY_CALLED} = {{ noinline }}",
        f"attributes {SELDOM_CALLED} = {{ nounwind{seldom} }}",
        f"attributes {SOMETIMES_CALLED} = {{ nounwind{' noinline' if frugal else ''} }}",
    ]


_ROOT = 0

TAG_NUMBERS: dict[str, int] = {name: 2 * index + 2 for index, name in enumerate(ALIAS_CLASSES)}
"""The metadata number of the access tag of each alias class; its type node is the one before."""

_EMPTY = 2 * len(ALIAS_CLASSES) + 1

ALIAS_MARKS: dict[str, str] = {
    name: f", !tbaa !{number}" + (f", !invariant.group !{_EMPTY}" if name in WRITTEN_ONCE else "")
    for name, number in TAG_NUMBERS.items()
}
"""What stands behind an access to each alias class."""

COMPILE_UNIT = _EMPTY + 1
UNIT_FILE = COMPILE_UNIT + 1
FIRST_FREE = UNIT_FILE + 1


def alias_metadata() -> list[str]:
    """The TBAA nodes of a unit."""
    lines = [f'!{_ROOT} = !{{!"Quartz"}}']
    for name, tag in TAG_NUMBERS.items():
        lines.append(f'!{tag - 1} = !{{!"{name}", !{_ROOT}, i64 0}}')
        lines.append(f"!{tag} = !{{!{tag - 1}, !{tag - 1}, i64 0}}")
    lines.append(f"!{_EMPTY} = !{{}}")
    return lines
