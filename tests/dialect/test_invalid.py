"""Wrong IR is refused, with the message that its file names.

A file is a list of modules between `// -----` lines; each starts with `// error:` and a part of the message.
"""

from pathlib import Path

import pytest
from xdsl.parser import Parser
from xdsl.utils.exceptions import ParseError, VerifyException

from dialects.registry import make_context

HERE = Path(__file__).parent
MARK = "// error: "


def chunks() -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []
    for path in sorted((HERE / "invalid").glob("*.mlir")):
        for number, text in enumerate(path.read_text().split("// -----\n")):
            first, _, rest = text.partition("\n")
            assert first.startswith(MARK)
            found.append((f"{path.stem}-{number}", first.removeprefix(MARK), rest))
    return found


@pytest.mark.parametrize(("message", "text"), [pytest.param(m, t, id=i) for i, m, t in chunks()])
def test_wrong_module_is_refused(message: str, text: str) -> None:
    with pytest.raises((ParseError, VerifyException)) as failure:
        Parser(make_context(), text).parse_module().verify()
    assert message in str(failure.value)
