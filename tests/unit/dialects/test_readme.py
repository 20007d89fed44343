"""The table of operations is complete and says what the operations say of themselves."""

from pathlib import Path

from dialects.qz import OPS as QZ_OPS
from dialects.qz.types import TYPES as QZ_TYPES
from dialects.qzrt import OPS as QZRT_OPS
from dialects.qzrt.types import TYPES as QZRT_TYPES


def test_every_op_and_type_has_its_row(root: Path) -> None:
    text = (root / "dialects" / "README.md").read_text()
    lines = [line.split(" | ") for line in text.splitlines() if line.startswith("| `qz")]
    rows = {name.strip("| `"): (meaning, file.strip("| `")) for name, meaning, file in lines}
    assert set(rows) == {op.name for op in (*QZ_OPS, *QZRT_OPS)}
    for op in (*QZ_OPS, *QZRT_OPS):
        assert op.__doc__ is not None
        file = op.__module__.removeprefix("dialects.").replace(".", "/") + ".py"
        assert rows[op.name] == (op.__doc__.strip().splitlines()[0], file)
    for type_ in (*QZ_TYPES, *QZRT_TYPES):
        assert f"`!{type_.name}" in text
