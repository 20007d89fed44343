"""The type of enums, which says how their values are kept."""

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from xdsl.dialects.builtin import ArrayAttr, IntAttr, IntegerType, Signedness, StringAttr
from xdsl.ir import Attribute, ParametrizedAttribute, TypeAttribute
from xdsl.irdl import irdl_attr_definition
from xdsl.parser import AttrParser
from xdsl.printer import Printer
from xdsl.utils.exceptions import VerifyException

from dialects.qz.leaves import OfLeaves, hash_once
from dialects.qz.val_type import nullable

PAYLOAD_WORDS = frozenset(("word", "ref", "nullable"))
"""How a word of a payload is kept: a plain number, a counted address that is never 0, or one that may be."""

TAG = IntegerType(8, Signedness.UNSIGNED)
"""The type of the leaf that says which variant an unboxed enum is."""

WORD = IntegerType(64, Signedness.SIGNED)
"""The type of a leaf that variants have in common and in which they keep numbers of different types."""

MAX_VARIANTS = 256
"""Of an unboxed enum: what the tag can tell apart."""

Words: TypeAlias = Sequence[Attribute]
"""A payload: of a boxed enum words of `PAYLOAD_WORDS`, of an unboxed one the types of numbers in the place of
`word`."""


class Kept(NamedTuple):
    """How the values of an enum are kept; what is asked for all the time, and follows from the payloads."""

    layout: str
    is_counted: bool
    slots: tuple[tuple[int, ...], ...]
    leaves: tuple[Attribute, ...] | None


_KEPT = "_kept"


@irdl_attr_definition
class EnumType(ParametrizedAttribute, TypeAttribute, OfLeaves):
    """One of several variants, each with the words of its payload; they decide how it is kept.

    ``tag``       no variant has a payload: the value is the variant's number
    ``nullable``  one has no payload, the other one word that is never 0: that word, or 0
    ``unboxed``   what its type says to be so: the tag, unless there is one variant only, and the leaves of
                  the variants, which lie in the same place: number ``k`` of one with number ``k`` of another,
                  and counted word ``k`` with counted word ``k``. What a variant has no use for is 0
    ``boxed``     any other: variants with a payload are blocks; the others are immediates if only one has a
                  payload, else constant blocks
    """

    name = "qz.enum"

    enum_name: StringAttr
    names: ArrayAttr[StringAttr]
    payloads: ArrayAttr[ArrayAttr]
    unboxed: IntAttr

    def __hash__(self) -> int:
        return hash_once(self)

    def verify(self) -> None:
        if len(self.names) != len(self.payloads):
            raise VerifyException("an enum has as many payloads as names")
        for payload in self.payloads:
            for word in payload:
                self._verify_word(word)
        if self.unboxed.data and len(self.names) > MAX_VARIANTS:
            raise VerifyException(f"an unboxed enum has at most {MAX_VARIANTS} variants")

    def _verify_word(self, word: Attribute) -> None:
        is_word = isinstance(word, StringAttr) and word.data in PAYLOAD_WORDS
        if not self.unboxed.data and not is_word:
            raise VerifyException(f"a word of a payload is word, ref or nullable, found {word}")
        if self.unboxed.data and (word == StringAttr("word") if is_word else isinstance(word, StringAttr)):
            raise VerifyException(f"a word of an unboxed payload is a type, ref or nullable, found {word}")

    @property
    def kept(self) -> Kept:
        """How a value is kept; worked out once for each type object."""
        known: Kept | None = vars(self).get(_KEPT)
        if known is None:
            known = vars(self)[_KEPT] = self._find_kept()
        return known

    def _find_kept(self) -> Kept:
        if not self.unboxed.data:
            layout = self._find_layout()
            return Kept(layout, layout != "tag", (), None)
        slots = self._find_slots()
        return Kept("unboxed", False, slots, self._find_leaves(slots))

    def _find_layout(self) -> str:
        payloads = self.payloads.data
        if not any(payload.data for payload in payloads):
            return "tag"
        if len(payloads) == 2:
            sizes = [len(payload.data) for payload in payloads]
            if sizes in ([0, 1], [1, 0]) and payloads[sizes.index(1)].data[0] == StringAttr("ref"):
                return "nullable"
        return "boxed"

    def _find_slots(self) -> tuple[tuple[int, ...], ...]:
        n_numbers = max([_n_numbers(payload.data) for payload in self.payloads.data])
        found: list[tuple[int, ...]] = []
        for payload in self.payloads.data:
            number = int(self.has_tag)
            counted = number + n_numbers
            slots: list[int] = []
            for word in payload.data:
                is_counted = type(word) is StringAttr
                slots.append(counted if is_counted else number)
                counted, number = counted + is_counted, number + (not is_counted)
            found.append(tuple(slots))
        return tuple(found)

    def _find_leaves(self, slots: Sequence[Sequence[int]]) -> tuple[Attribute, ...]:
        kept: dict[int, Attribute] = {0: TAG} if self.has_tag else {}
        for numbers, payload in zip(slots, self.payloads.data, strict=True):
            for number, word in zip(numbers, payload.data, strict=True):
                type_ = nullable if type(word) is StringAttr else word
                kept[number] = type_ if kept.get(number, type_) == type_ else WORD
        return tuple([kept[number] for number in range(len(kept))])

    @property
    def layout(self) -> str:
        """How a value is kept."""
        return self.kept.layout

    @property
    def slots(self) -> tuple[tuple[int, ...], ...]:
        """By variant of an unboxed enum: in which leaf each word of its payload is kept."""
        return self.kept.slots

    @property
    def own_leaves(self) -> tuple[Attribute, ...] | None:
        return self.kept.leaves

    @property
    def is_counted(self) -> bool:
        """Whether a value is one word that may refer to a block."""
        return self.kept.is_counted

    @property
    def has_immediates(self) -> bool:
        """Whether there is one kind of block, which the low bits of a value tell from what has no payload.

        Where there are several, the tag has to be read anyway, and it is better to read it always.
        """
        n_blocks = sum(1 for payload in self.payloads.data if payload.data)
        return n_blocks == 1 and len(self.payloads) > 1

    @property
    def has_tag(self) -> bool:
        """Whether the first leaf is the tag."""
        return len(self.names) > 1

    @property
    def leaf_names(self) -> list[str]:
        n_words = len(self.own_leaves or ()) - self.has_tag
        return ["tag"] * self.has_tag + [str(k) for k in range(n_words)]

    @classmethod
    def parse_parameters(cls, parser: AttrParser) -> tuple[Attribute, ...]:
        names: list[StringAttr] = []
        payloads: list[ArrayAttr[Attribute]] = []
        with parser.in_angle_brackets():
            enum_name = parser.parse_str_literal()
            unboxed = parser.parse_optional_keyword("unboxed")
            while parser.parse_optional_punctuation(","):
                names.append(StringAttr(parser.parse_identifier()))
                words = parser.parse_optional_comma_separated_list(
                    parser.Delimiter.PAREN, lambda: _parse_word(parser)
                )
                payloads.append(ArrayAttr(words or ()))
        return StringAttr(enum_name), ArrayAttr(names), ArrayAttr(payloads), IntAttr(int(bool(unboxed)))

    def print_parameters(self, printer: Printer) -> None:
        with printer.in_angle_brackets():
            printer.print_string_literal(self.enum_name.data)
            if self.unboxed.data:
                printer.print_string(" unboxed")
            for name, payload in zip(self.names, self.payloads, strict=True):
                printer.print_string(f", {name.data}")
                if payload.data:
                    with printer.in_parens():
                        printer.print_list(payload.data, lambda word: _print_word(printer, word))


def _n_numbers(words: Words) -> int:
    return sum([type(word) is not StringAttr for word in words])


def _parse_word(parser: AttrParser) -> Attribute:
    for word in sorted(PAYLOAD_WORDS):
        if parser.parse_optional_keyword(word) is not None:
            return StringAttr(word)
    return parser.parse_type()


def _print_word(printer: Printer, word: Attribute) -> None:
    if isinstance(word, StringAttr):
        printer.print_string(word.data)
    else:
        printer.print_attribute(word)


def enum_type(name: str, variants: Sequence[tuple[str, Words]], *, unboxed: bool) -> EnumType:
    """Makes the type of an enum of these variants."""
    names = ArrayAttr([StringAttr(variant) for variant, _ in variants])
    payloads = ArrayAttr([ArrayAttr(words) for _, words in variants])
    return EnumType(StringAttr(name), names, payloads, IntAttr(int(unboxed)))
