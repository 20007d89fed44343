"""Items: what is declared, from where to where, told without parsing bodies."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qz.base.mem_usage import MemUsage
from qz.syntax.nodes import NodeKind
from qz.syntax.outline import ItemFlag
from tests.unit.syntax.reading import Read

STD = sorted((Path(__file__).parents[3] / "std").rglob("*.qz"))


def outlined(text: str) -> list[str]:
    """Kind and name of each item, methods behind the id of their holder."""
    read = Read(text)
    assert not read.codes, read.diagnostics
    items = read.items
    return [
        f"{items.parent[item]}." * (items.parent[item] >= 0)
        + f"{NodeKind(items.kind[item]).name} {name}".strip()
        for item, name in enumerate(read.names)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def f(x) = 1\n", ["FN f"]),
        ("def f(x)\n  if a\n  end\nend\ndef g\n  1\nend\n", ["FN f", "FN g"]),
        (
            "struct A; x: Int; end\nstruct B { x: Int }\nenum C\n  D\nend\n",
            ["STRUCT A", "STRUCT B", "ENUM C"],
        ),
        ("impl A for B\n  def f(self) = 1\nend\ndef g() = 1\n", ["IMPL", "0.FN f", "FN g"]),
        ("extend A\n  private\n  def f\n  end\nend\n", ["EXTEND", "0.FN f"]),
        ("trait A\n  def f(self)\n  def g(self)\n    1\n  end\nend\n", ["TRAIT A", "0.FN f", "0.FN g"]),
        ("impl A for B end\nimpl !C for D end\n", ["IMPL", "IMPL"]),
        ("type A = Int\nnewtype B = Int\ntype C = binary { x: u8 }\n", ["ALIAS A", "NEWTYPE B", "BINARY C"]),
        ("packed struct(u8) A { x: 8 }\n", ["PACKED A"]),
        ("const A = 1\nconst { B = 2\n C = [1,\n 2] }\n", ["CONST A", "CONST B", "CONST C"]),
        ("global a: Int = 0\nvar b = 1\n", ["GLOBAL a", "GLOBAL b"]),
        ("import a/b\nimport * from c\nimport { d } from e\n", ["IMPORT", "IMPORT", "IMPORT"]),
        ("macro m(a) do\n  quote do\n  end\nend\n", ["MACRO m"]),
        ('test "t" do\n  1\nend\n', ["TEST"]),
        ("static_assert(1 == 1)\n", ["STATIC_ASSERT"]),
        ('extern "C" def f(x: CInt)\nextern "C"\ndef g()\n', ["FN f", "FN g"]),
        ("def f = match x\n  1 => 2\nend\ndef g = 3\n", ["FN f", "FN g"]),
        ("@a\n@b(1)\n@[c(2)]\ndef f = 1\n", ["FN f"]),
        ("", []),
        ("\n\n# nothing\n", []),
    ],
)
def test_items(text: str, expected: list[str]) -> None:
    found = outlined(text)
    assert [name.replace('TEST "t"', "TEST") for name in found] == expected


@pytest.mark.parametrize("path", STD, ids=lambda path: path.stem)
def test_functions_of_the_library_are_found(path: Path) -> None:
    """A line that begins with `def`, modifiers apart, declares a function; nothing else does."""
    text = path.read_text()
    modifiers = r'(?:@\w+(?:\(.*?\))? *)*(?:extern "\w+" (?:variadic )?)?'
    in_source = re.findall(rf"^ *{modifiers}def (\w+\??)", text, re.M)
    read = Read(text)
    functions = [name for item, name in enumerate(read.names) if read.items.kind[item] == NodeKind.FN]
    assert functions == in_source


def flags(text: str, item: int = 0) -> int:
    return Read(text).items.flags[item]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def f() = 1\n", ItemFlag.HAS_BODY),
        ("def f()\nend\n", ItemFlag.HAS_BODY),
        ("def f(self) = 1\n", ItemFlag.HAS_BODY | ItemFlag.HAS_SELF),
        ("def f(&mut self, x) = 1\n", ItemFlag.HAS_BODY | ItemFlag.HAS_SELF),
        ("const def f() = 1\n", ItemFlag.CONST | ItemFlag.HAS_BODY),
        ("private def f() = 1\n", ItemFlag.PRIVATE | ItemFlag.HAS_BODY),
        ('extern "C" def f()\n', ItemFlag.EXTERN),
        ('extern "C" variadic def f()\n', ItemFlag.EXTERN | ItemFlag.VARIADIC),
        ('extern "C" def f() = 1\n', ItemFlag.EXTERN | ItemFlag.HAS_BODY),
        ("linear struct A\nend\n", ItemFlag.LINEAR),
        ("packed struct(u8) A { x: 8 }\n", ItemFlag.PACKED),
        ("const { A = 1 }\n", ItemFlag.IN_GROUP),
        ("@a def f() = 1\n", ItemFlag.ANNOTATED | ItemFlag.HAS_BODY),
    ],
)
def test_flags(text: str, expected: int) -> None:
    assert flags(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "@derive(A\nstruct B { x: Int }\n",
        "@derive(A<\nstruct B\n  x: Int\nend\ndef f = 1\n",
        "@[a\ndef f = 1\n",
        "@a(",
        "@[",
        "packed struct(u8 A { x: 8 }\n",
    ],
)
def test_brackets_before_a_declaration_that_are_not_closed_end(text: str) -> None:
    assert len(Read(text).items) <= 2


def test_private_reaches_to_the_end_of_its_part() -> None:
    inner = "impl B\n  def c = 1\n  private\n  def d = 1\nend\n"
    text = f"def a = 1\n{inner}def e = 1\nprivate\ndef f = 1\nconst G = 1\n"
    read = Read(text)
    private = [name for item, name in enumerate(read.names) if read.items.flags[item] & ItemFlag.PRIVATE]
    assert private == ["d", "f", "G"]


@pytest.mark.parametrize(
    ("params", "count"),
    [
        ("", 0),
        ("()", 0),
        ("(a)", 1),
        ("(a, b: Map<K, V>, c)", 3),
        ("(self, f: Fn(A, B): C)", 2),
        ("(a: Int = g(1, 2), b = [1, 2])", 2),
        ("(a,\n  b,\n)", 2),
        ("(0, Some(x), _)", 3),
        ("<T, U>(a: Vec<Map<T, U>>, b)", 2),
    ],
)
def test_parameters_are_counted(params: str, count: int) -> None:
    assert Read(f"def f{params} = 1\n").items.n_params[0] == count


def test_extents_cover_annotations_and_ends() -> None:
    text = "@a\ndef f(x)\n  1\nend\nprivate def g() = f(\n  1)\nconst { A = 1\n B = 2 }\n"
    read = Read(text)
    items = read.items
    extents = [
        text[span.start : span.end]
        for item in range(len(items))
        for span in [read.tokens.span_of(items.first[item], items.last[item])]
    ]
    assert extents == ["@a\ndef f(x)\n  1\nend", "private def g() = f(\n  1)", "A = 1", "B = 2"]


def test_abis() -> None:
    """What has a body is a function of Quartz, whoever calls it."""
    read = Read('extern "C" def f()\nextern "intrinsic" def g()\ndef h = 1\nextern "C" def i() = 1\n')
    assert read.items.abi == ["C", "intrinsic", "", ""]


@pytest.mark.parametrize(
    ("behind", "has_body"),
    [
        ("  g()\nend\n", True),
        ("  var x = 1\nend\n", True),
        ("g()\nend\n", True),
        ("end\n", True),
        ("", False),
        ("def g = 1\n", False),
        ("  def g = 1\n", False),
        ("var x = 1\n", False),
        ("const A = 1\n", False),
        ("@a\ndef g = 1\n", False),
        ("static_assert(true)\n", False),
        ('test "t" do\nend\n', False),
        ("packed struct(u8) A { x: 8 }\n", False),
    ],
)
def test_bodies_of_c_functions(behind: str, has_body: bool) -> None:
    read = Read(f'extern "C" def f(x: CInt): CInt\n{behind}')
    assert bool(read.items.flags[0] & ItemFlag.HAS_BODY) == has_body
    assert bool(read.tokens.partner[read.items.keyword[0]]) == has_body


def test_size_is_accounted_for() -> None:
    read = Read("def f() = 1\n" * 1000)
    usage = MemUsage()
    usage.collect("items", read.items)
    usage.collect("tokens", read.tokens)
    used = {row.label: row.used for row in usage.rows}
    assert used["items.columns"] == 1000 * (1 + 8 * 4)
    # Kinds and lengths fit into a byte, places in the file and among the tokens into two.
    assert used["tokens.columns"] == len(read.tokens) * 6
