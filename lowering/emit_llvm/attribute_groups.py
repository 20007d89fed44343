"""Attribute groups and metadata nodes whose numbers are the same in every unit."""

from lowering.alias_classes import ALIAS_CLASSES

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

OFTEN_CALLED = "#5"
"""A call that is worth more to the inliner than others."""

_BONUS = 175
"""To what a body may cost to be inlined."""


def attribute_groups(target_attributes: str) -> list[str]:
    """The attribute groups of a unit."""
    extra = f" {target_attributes}" if target_attributes else ""
    return [
        f"attributes {DEFINITION} = {{ nounwind uwtable{extra} }}",
        f"attributes {PANIC} = {{ cold noreturn nounwind }}",
        f"attributes {QUARTZ_DECLARATION} = {{ nounwind }}",
        f"attributes {COLD_DECLARATION} = {{ cold nounwind }}",
        f"attributes {RARELY_CALLED} = {{ noinline }}",
        f'attributes {OFTEN_CALLED} = {{ "call-threshold-bonus"="{_BONUS}" }}',
    ]


_ROOT = 0

TAG_NUMBERS: dict[str, int] = {name: 2 * index + 2 for index, name in enumerate(ALIAS_CLASSES)}
"""The metadata number of the access tag of each alias class; its type node is the one before."""

COMPILE_UNIT = 2 * len(ALIAS_CLASSES) + 1
UNIT_FILE = COMPILE_UNIT + 1
FIRST_FREE = UNIT_FILE + 1


def alias_metadata() -> list[str]:
    """The TBAA nodes of a unit."""
    lines = [f'!{_ROOT} = !{{!"Quartz"}}']
    for name, tag in TAG_NUMBERS.items():
        lines.append(f'!{tag - 1} = !{{!"{name}", !{_ROOT}, i64 0}}')
        lines.append(f"!{tag} = !{{!{tag - 1}, !{tag - 1}, i64 0}}")
    return lines
