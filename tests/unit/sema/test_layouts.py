"""Where the bits of a run of numbers lie, against strings of ones and zeros."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qz.sema.binary.layouts import BYTE, Number, pieces
from qz.sema.types import INT


@st.composite
def runs(draw: st.DrawFn) -> tuple[list[Number], list[int]]:
    """Numbers that fill whole bytes together, and a value for each."""
    numbers: list[Number] = []
    for _ in range(draw(st.integers(1, 6))):
        little = draw(st.booleans())
        width = BYTE * draw(st.integers(1, 8)) if little else draw(st.integers(1, 64))
        numbers.append(Number(width, INT, little=little))
    missing = -sum(number.width for number in numbers) % BYTE
    if missing:
        numbers.append(Number(missing, INT))
    return numbers, [draw(st.integers(0, (1 << number.width) - 1)) for number in numbers]


def as_text(number: Number, value: int) -> str:
    """The bits of a number in the order in which they are written."""
    text = f"{value:0{number.width}b}"
    if number.little:
        text = "".join(text[at : at + BYTE] for at in range(number.width - BYTE, -1, -BYTE))
    return text


@given(runs())
def test_pieces_are_the_bits_in_the_order_they_are_written_in(
    run: tuple[list[Number], list[int]],
) -> None:
    numbers, values = run
    text = "".join(map(as_text, numbers, values))
    written = [0] * (len(text) // BYTE)
    for piece in pieces(numbers):
        bits = values[piece.number] >> piece.low & (1 << piece.width) - 1
        written[piece.byte] |= bits << piece.shift
    assert written == [int(text[at : at + BYTE], 2) for at in range(0, len(text), BYTE)]


@given(runs())
def test_every_bit_is_in_one_piece(run: tuple[list[Number], list[int]]) -> None:
    numbers, _ = run
    found = [0] * len(numbers)
    for piece in pieces(numbers):
        bits = (1 << piece.width) - 1 << piece.low
        assert not found[piece.number] & bits
        found[piece.number] |= bits
    assert found == [(1 << number.width) - 1 for number in numbers]
