"""Copies for inlining: what is small, and all that leads to."""

from qz.driver.made import TextKey
from qz.driver.objects.copies import Copies

FUNCTIONS = {
    "a$large": (9_000, ["b$small", "c$small$own", "rt.vec$new"]),
    "b$small": (900, ["b$smaller", "b$large", "a$large"]),
    "b$smaller": (300, ["b$small", "rt.count$drop"]),
    "b$large": (9_000, ["c$other$bare"]),
    "c$small": (900, []),
    "c$other": (100, []),
}
KEYS = {symbol: TextKey(symbol[0], symbol, b"", size) for symbol, (size, _) in FUNCTIONS.items()}


def copies() -> Copies:
    found = Copies()
    for symbol, (_, mentions) in FUNCTIONS.items():
        found.note(KEYS[symbol], mentions)
    return found


def test_small_functions_are_copied_with_the_small_ones_that_they_call() -> None:
    around = copies().around([KEYS["a$large"]])
    assert [key.symbol for key in around.copies] == ["b$small", "b$smaller", "c$small"]


def test_what_is_mentioned_in_copies_counts() -> None:
    mentions = copies().around([KEYS["a$large"]]).mentions
    assert {"rt.vec$new", "rt.count$drop", "b$large"} <= mentions
    assert "c$other" not in mentions


def test_nothing_is_copied_to_where_it_is() -> None:
    assert copies().around(KEYS.values()).copies == []
