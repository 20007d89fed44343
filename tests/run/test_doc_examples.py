"""The examples in the library's doc comments are true.

An example is a line `##     expression     # => value` in a comment, or a few lines that end in
`# prints words`; the first kind is asserted, the second run.
"""

import re
from pathlib import Path

from qz.base.locations import std_root
from tests.program_files import execute, qz

VALUE = re.compile(r"^\s*##     (\S.*?)\s+# => (.+)$")
LINE = re.compile(r"^\s*##     (.*)$")
PRINTS = re.compile(r"^(.*?)\s+# prints (.+)$")


def modules() -> list[Path]:
    return sorted(path for path in std_root().rglob("*.qz") if path.parent.name not in ("rt", "markdown"))


def assertions() -> list[str]:
    found: list[str] = []
    for path in modules():
        for line in path.read_text().splitlines():
            match = VALUE.match(line)
            if match:
                expression, value = match.groups()
                found.append(f"assert_eq({expression}, {value})")
    return found


def printing() -> list[tuple[list[str], str]]:
    """Runs of example lines of which the last prints, and what it prints."""
    found: list[tuple[list[str], str]] = []
    for path in modules():
        lines: list[str] = []
        for text in path.read_text().splitlines():
            line = LINE.match(text)
            match = PRINTS.match(line.group(1)) if line else None
            if line is None:
                lines = []
            elif match is None:
                lines.append(line.group(1))
            else:
                found.append(([*lines, match.group(1)], match.group(2)))
                lines = []
    return found


def test_examples(tmp_path: Path, cache: Path) -> None:
    statements, shown = assertions(), printing()
    assert len(statements) > 15
    assert len(shown) >= 2
    used = {word for statement in statements for word in re.findall(r"(\w+)::", statement)}
    lines = [f"import {module}" for module in sorted(used)]
    for number, (body, _) in enumerate(shown):
        lines += ["", f"def example_{number}(): Void", *(f"  {line}" for line in body), "end"]
    lines += ["", "def main(): Int", *(f"  {statement}" for statement in statements)]
    lines += [*(f"  example_{number}()" for number in range(len(shown))), "  return 0", "end", ""]
    program = tmp_path / "examples.qz"
    program.write_text("\n".join(lines))
    expected = "".join(f"{words}\n" for _, words in shown).encode()
    assert execute(qz("run", program), cache=cache) == (expected, 0, "")
