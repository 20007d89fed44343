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
DECLARED = re.compile(r"^(?:@value )?(?:def|struct|enum|trait|type|const) (\w+)", re.MULTILINE)


def modules() -> list[Path]:
    return sorted(path for path in std_root().rglob("*.qz") if path.parent.name not in ("rt", "markdown"))


def assertions(path: Path) -> list[str]:
    """Statements that say of the expressions of a module's examples what they are."""
    found = [VALUE.match(line) for line in path.read_text().splitlines()]
    return [f"assert_eq({match.group(1)}, {match.group(2)})" for match in found if match]


def printing(path: Path) -> list[tuple[list[str], str]]:
    """Runs of example lines of which the last prints, and what it prints."""
    found: list[tuple[list[str], str]] = []
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


def import_of(path: Path, examples: str) -> list[str]:
    """An import of a module, if its own examples name it or something of it."""
    names = DECLARED.findall(path.read_text().partition("\nprivate\n")[0])
    parts = path.relative_to(std_root()).with_suffix("").parts
    is_named = re.search(rf"(?<![\w.])(?:{parts[-1]}::|(?:{'|'.join(names or ['-'])})\b)", examples)
    return [f"import {'/'.join(parts)}"] if is_named else []


def test_examples(tmp_path: Path, cache: Path) -> None:
    imports: list[str] = []
    statements: list[str] = []
    shown: list[tuple[list[str], str]] = []
    for path in modules():
        asserted, printed = assertions(path), printing(path)
        statements += asserted
        shown += printed
        imports += import_of(path, "\n".join([*asserted, *("\n".join(body) for body, _ in printed)]))
    assert len(statements) > 15
    assert len(shown) >= 2
    lines = [*imports]
    for number, (body, _) in enumerate(shown):
        lines += ["", f"def example_{number}(): Void", *(f"  {line}" for line in body), "end"]
    lines += ["", "def main(): Int", *(f"  {statement}" for statement in statements)]
    lines += [*(f"  example_{number}()" for number in range(len(shown))), "  return 0", "end", ""]
    program = tmp_path / "examples.qz"
    program.write_text("\n".join(lines))
    expected = "".join(f"{words}\n" for _, words in shown).encode()
    assert execute(qz("run", program), cache=cache) == (expected, 0, "")
