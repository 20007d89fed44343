"""Equal texts, equal ids."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qz.base.interner import Interner
from qz.base.mem_usage import MemUsage


@given(st.lists(st.text(max_size=5)))
def test_ids_are_equal_exactly_when_texts_are(texts: list[str]) -> None:
    interner = Interner()
    ids = [interner.intern(text) for text in texts]
    assert [interner.text(symbol) for symbol in ids] == texts
    assert len(set(ids)) == len(set(texts))
    assert len(interner) == len({"", *texts})


def test_id_zero_is_the_empty_text() -> None:
    interner = Interner()
    assert interner.intern("") == 0
    assert interner.intern("x") == 1


def test_usage_grows_with_the_texts() -> None:
    interner = Interner()
    interner.intern("x" * 1000)
    usage = MemUsage()
    usage.collect("names", interner)
    assert [row.label for row in usage.rows] == ["names.texts", "names.index"]
    assert 1000 < usage.rows[0].used < 1200
