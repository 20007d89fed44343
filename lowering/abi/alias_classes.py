"""Classes of memory that never overlap, by the names that loads and stores carry.

An access without a class may touch anything; most of the runtime's raw accesses are of that kind. Each field
of a heap struct has a class of its own up to a limit, since a field's offset is the same in every struct; so
has each word of an enum's payload. The rows of a vector are only ever read as what they are, leaf for leaf.
"""

from lowering.abi.layout import Element

VEC_DATA = "vec data"
VEC_SIZE = "vec size"
VEC_CAPACITY = "vec capacity"
STRING_LENGTH = "string length"
GLOBAL = "global"
CLOSURE = "closure"
SHARED = "shared"
ENUM_TAG = "enum tag"
COUNT = "count"

N_FIELD_CLASSES = 16
N_PAYLOAD_CLASSES = 8
N_ROW_CLASSES = 16

_ELEMENTS = ("element 1", "element 2", "element 4", "element 8")
_FLOATING = {2: "element f32", 3: "element f64"}
_COUNTED = "counted element"
_FIELDS = tuple(f"field {index}" for index in range(N_FIELD_CLASSES))
_FURTHER_FIELDS = "further fields"
_PAYLOADS = tuple(f"payload {index}" for index in range(N_PAYLOAD_CLASSES))
_FURTHER_PAYLOADS = "further payload"
_ROWS = tuple(f"row {index}" for index in range(N_ROW_CLASSES))
_FURTHER_ROWS = "further rows"

ALIAS_CLASSES: tuple[str, ...] = (
    VEC_DATA,
    VEC_SIZE,
    VEC_CAPACITY,
    STRING_LENGTH,
    GLOBAL,
    *_ELEMENTS,
    *_FLOATING.values(),
    _COUNTED,
    *_FIELDS,
    _FURTHER_FIELDS,
    CLOSURE,
    SHARED,
    ENUM_TAG,
    *_PAYLOADS,
    _FURTHER_PAYLOADS,
    COUNT,
    *_ROWS,
    _FURTHER_ROWS,
)
"""Every class, in the order in which the metadata of a unit numbers them."""

WRITTEN_ONCE = frozenset({CLOSURE})
"""Classes of memory that is written when the block is new (`qzrt.fresh`), and never again."""


def element_class(element: Element) -> str:
    """The class of the elements of a vector, which is also that of the bytes of a string.

    They are told apart by their width, and whether they are floats or words that refer to blocks: in a loop
    that writes numbers, the rows of a table stay where they are. The runtime's accesses have no class.
    """
    if element.is_counted:
        return _COUNTED
    return _FLOATING[element.log2_width] if element.floating else _ELEMENTS[element.log2_width]


def field_class(index: int) -> str:
    """The class of field `index` of a heap struct."""
    return _FIELDS[index] if index < N_FIELD_CLASSES else _FURTHER_FIELDS


def payload_class(index: int) -> str:
    """The class of word `index` of the payload of an enum."""
    return _PAYLOADS[index] if index < N_PAYLOAD_CLASSES else _FURTHER_PAYLOADS


def row_class(index: int) -> str:
    """The class of leaf `index` of a row in memory."""
    return _ROWS[index] if index < N_ROW_CLASSES else _FURTHER_ROWS
