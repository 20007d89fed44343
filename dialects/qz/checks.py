"""What several verifiers of the dialect ask."""

from collections.abc import Iterable

from xdsl.dialects.builtin import IntegerAttr, StringAttr
from xdsl.ir import Attribute, Operation, Region, SSAValue
from xdsl.utils.exceptions import VerifyException

from dialects.qz.leaves import flattened, leaf_types
from dialects.qz.types import CharType, VecType, i1, is_float, is_int

PREDICATE_NAMES = frozenset(("eq", "ne", "lt", "le", "gt", "ge"))
OVERFLOW_NAMES = frozenset(("trap", "wrap", "none"))


def require(condition: bool, message: str) -> None:
    """Fails the verification unless the condition holds."""
    if not condition:
        raise VerifyException(message)


def check_predicate(predicate: StringAttr) -> None:
    """Checks the name of a comparison."""
    require(predicate.data in PREDICATE_NAMES, f'unknown predicate "{predicate.data}"')


def check_overflow(type_: Attribute, overflow: StringAttr | None) -> None:
    """Checks that a number type has an overflow mode exactly if it is an integer type."""
    require(is_int(type_) or is_float(type_), f"expected an integer or float type, found {type_}")
    if is_float(type_):
        require(overflow is None, "arithmetic on floats has no overflow mode")
    else:
        require(overflow is not None, "arithmetic on integers needs an overflow mode")
        require(
            overflow is not None and overflow.data in OVERFLOW_NAMES, "overflow mode is trap, wrap or none"
        )


def is_number(type_: Attribute) -> bool:
    """Tells whether `as` can start from this type."""
    return is_int(type_) or is_float(type_) or type_ == i1 or isinstance(type_, CharType)


def check_whole(what: str, whole: Attribute, found: Iterable[Attribute]) -> None:
    """Checks that types are that of a value alone, or those of its leaves."""
    found = list(found)
    holds = found == [whole] or flattened(found) == list(leaf_types(whole))
    require(holds, f"{what} {whole}, found {', '.join(map(str, found))}")


def check_element(vec: SSAValue, *elements: SSAValue) -> None:
    """Checks that values are an element of a vector, or the leaves of one."""
    assert isinstance(vec.type, VecType)
    check_whole("the elements of the vector are", vec.type.element, [value.type for value in elements])


def check_part_of_element(vec: SSAValue, part: IntegerAttr | None, found: SSAValue) -> None:
    """Checks that a value is an element of a vector, or a part of one that begins at a leaf."""
    assert isinstance(vec.type, VecType)
    check_part("the elements of the vector are", vec.type.element, part, found.type)


def check_part(what: str, whole: Attribute, part: IntegerAttr | None, found: Attribute) -> None:
    """Checks that a type is that of a part of a value, which begins at a leaf; None stands for the whole."""
    if part is None:
        require(whole == found, f"{what} {whole}, found {found}")
        return
    first, leaves = part.value.data, leaf_types(found)
    holds = first >= 0 and leaf_types(whole)[first : first + len(leaves)] == leaves
    require(holds, f"{what} {whole}, which has no {found} at leaf {first}")


def check_types(what: str, found: Iterable[Attribute], expected: Iterable[Attribute]) -> None:
    """Checks one list of types against another."""
    found, expected = list(found), list(expected)
    if found != expected:
        raise VerifyException(f"{what}: expected {_listed(expected)}, found {_listed(found)}")


def _listed(types: list[Attribute]) -> str:
    return "(" + ", ".join(map(str, types)) + ")"


def check_width(width: IntegerAttr, allowed: tuple[int, ...] = (1, 2, 4, 8)) -> None:
    """Checks a width in bytes."""
    require(width.value.data in allowed, f"a width is one of {allowed}, found {width.value.data}")


def last_op(region: Region) -> Operation:
    """Gives the terminator of a region, which must have exactly one block and end."""
    require(len(region.blocks) == 1, f"a region has one block, found {len(region.blocks)}")
    op = region.block.last_op
    if op is None:
        raise VerifyException("a region ends with a terminator, found none")
    return op


def check_arguments(region: Region, expected: Iterable[Attribute]) -> None:
    """Checks the arguments of the one block of a region."""
    last_op(region)
    check_types("arguments of the region", (arg.type for arg in region.block.args), expected)
