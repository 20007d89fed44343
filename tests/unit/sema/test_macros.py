"""Macros between modules, where messages point, and what a body keeps of an expansion."""

from __future__ import annotations

import gc
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from qz.diagnostics.model import Diagnostic
from qz.driver.build import Build
from qz.driver.options import Options
from qz.driver.session import Session
from qz.sema.body import Body
from qz.sema.macros.expanded_module import ExpandedModule
from qz.syntax.ast import AstArena
from qz.syntax.expanded_tokens import ExpandedTokens
from tests.program_files import execute, qz

TOOLS = """\
import std/math

macro rooted(x) do
  quote do
    math::sqrt(hidden(unquote(x)))
  end
end

macro make(x) do "Pair { left: ${x}, right: secret }" end

macro red() do "Red" end

macro typed(x) do
  quote do
    v: Vec<Inner> = [Inner { n: unquote(x) }]
    v[0].n
  end
end

struct Pair
  left: Int
  right: Int
end

def log(s: String) = puts("log #{s}")
macro log(s) do "log(${s})" end

private

const secret = 42

struct Inner { n: Int }

enum Color
  Red
end

def hidden(x: F64): F64 = x * 4.0

macro private_one() do "1" end
"""


def checked(tmp_path: Path, main: str, **modules: str) -> list[Diagnostic]:
    for name, text in {"main": main, **modules}.items():
        (tmp_path / f"{name}.qz").write_text(text)
    path = str(tmp_path / "main.qz")
    build = Build(Session(Options(files=(path,))))
    assert build.load(path)
    build.check_all()
    return build.session.sink.in_source_order()


def codes(tmp_path: Path, main: str, **modules: str) -> list[str]:
    return [found.code for found in checked(tmp_path, main, **modules)]


def run(tmp_path: Path, main: str, **modules: str) -> bytes:
    for name, text in {"main": main, **modules}.items():
        (tmp_path / f"{name}.qz").write_text(text)
    done = execute(qz("run", "--no-cache", tmp_path / "main.qz"))
    assert (done.status, done.errors) == (0, "")
    return done.output


# Modules


@pytest.mark.parametrize(
    ("line", "call"),
    [
        ("import tools", "$rooted(4.0)"),
        ("import * from tools", "$rooted(4.0)"),
        ("import { rooted } from tools", "$rooted(4.0)"),
        ("import tools as t", "$t::rooted(4.0)"),
        ("import tools", "$tools::rooted(4.0)"),
    ],
)
def test_names_of_a_quote_are_those_of_its_module(tmp_path: Path, line: str, call: str) -> None:
    main = f'{line}\ndef hidden(x: F64): F64 = 0.0\ndef main() = puts("#{{{call}}} #{{hidden(1.0)}}")\n'
    assert run(tmp_path, main, tools=TOOLS) == b"4.0 0.0\n"


def test_types_constants_and_variants_of_a_template_are_those_of_its_module(tmp_path: Path) -> None:
    main = """
import tools
struct Pair { other: Int }
const secret = 7
def main()
  p = $make(1)
  puts("#{p.left} #{p.right} #{$typed(5)}")
  match $red()
    _ => puts("matched")
  end
end
"""
    assert run(tmp_path, main, tools=TOOLS) == b"1 42 5\nmatched\n"


def test_a_macro_and_a_function_may_share_a_name(tmp_path: Path) -> None:
    main = 'import { log } from tools\ndef main()\n  log("a")\n  $log("b")\nend\n'
    assert run(tmp_path, main, tools=TOOLS) == b"log a\nlog b\n"


@pytest.mark.parametrize(
    ("main", "expected"),
    [
        ('import tools\ndef main() = puts("#{$private_one()}")\n', ["QZ1101"]),
        ('import tools\ndef main() = puts("#{$tools::private_one()}")\n', ["QZ0604"]),
        ('import tools\ndef main() = puts("#{$tools::none()}")\n', ["QZ0603"]),
        ("import { private_one } from tools\ndef main()\nend\n", ["QZ0604"]),
        ("import { none } from tools\ndef main()\nend\n", ["QZ0603"]),
        ('import tools\nimport other\ndef main() = $log("x")\n', ["QZ0602"]),
        ('import tools\nimport other\ndef main() = $other::log("x")\n', []),
        ('import tools\nmacro log(s) do "puts(${s})" end\ndef main() = $log("x")\n', []),
    ],
)
def test_which_macro_is_meant(tmp_path: Path, main: str, expected: list[str]) -> None:
    other = 'macro log(s) do "puts(${s})" end\n'
    found = [code for code in codes(tmp_path, main, tools=TOOLS, other=other) if code != "QZ7002"]
    assert found == expected


def test_an_import_used_for_its_macros_or_in_a_macro_is_used(tmp_path: Path) -> None:
    main = 'import { log } from tools\nmacro m(x) do "math::sqrt(${x})" end\nimport std/math\n'
    assert codes(tmp_path, main + 'def main() = $log("x")\n', tools=TOOLS) == []


def test_a_deprecated_macro_is_reported_at_its_call(tmp_path: Path) -> None:
    main = '@deprecated("no more")\nmacro old(x) do "${x}" end\ndef main() = puts($old("x"))\n'
    (found,) = checked(tmp_path, main)
    assert (found.code, found.message) == ("QZ7015", "`$old` is deprecated: no more")


def test_what_an_expansion_leaves_unused_is_nobodys_mistake(tmp_path: Path) -> None:
    main = 'macro m(x) do quote do unused = unquote(x); return; puts("never") end end\ndef main() = $m(1)\n'
    assert codes(tmp_path, main) == []


# Places


def test_every_call_on_the_way_has_a_note(tmp_path: Path) -> None:
    text = 'macro inner(x) do "missing(${x})" end\nmacro outer(x) do quote do $inner(unquote(x)) end end\n'
    (found,) = checked(tmp_path, "import tools\ndef main() = $outer(1)\n", tools=text)
    assert found.span is not None
    assert found.span.start == text.index("missing")
    inner, outer = found.notes
    assert inner.text == "in this expansion of `$inner`"
    assert outer.text == "in this expansion of `$outer`"
    assert inner.span is not None
    assert outer.span is not None
    assert (inner.span.file, inner.span.start) == (found.span.file, text.index("inner(unquote"))
    assert (outer.span.file, outer.span.start) == (0, len("import tools\ndef main() = $"))


@pytest.mark.parametrize(
    "template",
    [
        '"a = 1; missing(a)"',
        '"a = \\"é\\\\n\\"\\nmissing(a)"',
        'r"missing(1)"',
        '"""\n    a = 1\n      missing(a)\n  """',
    ],
)
def test_places_in_a_template_string_are_places_in_the_file(tmp_path: Path, template: str) -> None:
    text = f"macro m() do\n  {template}\nend\ndef main()\n  $m()\nend\n"
    (found,) = [found for found in checked(tmp_path, text) if found.code == "QZ0302"]
    assert found.span is not None
    assert text.encode()[found.span.start : found.span.end] == b"missing"


def test_a_chain_without_end_is_shown_by_its_ends(tmp_path: Path) -> None:
    text = "macro a(x) do quote do $b(unquote(x)) end end\nmacro b(x) do quote do $a(unquote(x)) end end\n"
    (found,) = checked(tmp_path, text + "def main() = $a(1)\n")
    assert found.code == "QZ1104"
    assert 3 <= len(found.notes) <= 8
    assert found.notes[0].text == "in this expansion of `$b`"
    last = found.notes[-1]
    assert "calls further out" in last.text
    assert last.span is not None
    assert last.span.start == len(text) + len("def main() = $")


def test_a_fix_in_a_macro_is_not_made_by_itself(tmp_path: Path) -> None:
    text = 'macro m() do quote do x = 1; x = 2; x end end\ndef main() = puts("#{$m()}")\n'
    (tmp_path / "main.qz").write_text(text)
    done = execute(qz("check", "--fix", tmp_path / "main.qz"))
    assert "QZ0501" in done.errors
    assert (tmp_path / "main.qz").read_text() == text


# Sizes


def test_the_tree_may_move_whenever_it_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    append = AstArena.append

    def moving(arena: AstArena, rows: Sequence[int], words: Sequence[int]) -> None:
        append(arena, rows, words)
        arena._nodes._drop_views()
        arena._words._drop_views()
        arena._fetch_views()

    monkeypatch.setattr(AstArena, "append", moving)
    lines = ["macro twice(x) do quote do unquote(x) + unquote(x) end end", "def main()", "  a = $twice(2)"]
    lines += ['  $assert(a == a, "same")', "  $debug(a)", '  puts("#{$twice($twice(a))}")', "end"]
    assert codes(tmp_path, "\n".join(lines)) == []


def test_growth_is_bounded(tmp_path: Path) -> None:
    lines = [f"macro m{n}() do quote do $m{n + 1}(); $m{n + 1}() end end" for n in range(40)]
    text = "\n".join(lines) + '\nmacro m40() do "puts(\\"x\\")" end\ndef main() = $m0()\n'
    assert codes(tmp_path, text) == ["QZ1105"]


def test_height_is_bounded(tmp_path: Path) -> None:
    text = f"macro m(x) do quote do {'[' * 100}unquote(x){']' * 100} end end\n"
    call = "$m(" * 20 + "1" + ")" * 20
    assert "QZ0014" in codes(tmp_path, text + f"def main()\n  v = {call}\nend\n")


# What stays


def alive() -> list[object]:
    """What is there of bodies and expansions, in other tests' tracebacks too."""
    gc.collect()
    return [thing for thing in gc.get_objects() if isinstance(thing, Body | ExpandedModule | ExpandedTokens)]


def test_nothing_of_an_expansion_outlives_its_body(tmp_path: Path) -> None:
    path = tmp_path / "main.qz"
    (tmp_path / "tools.qz").write_text(TOOLS)
    path.write_text(
        "import tools\ndef f(n: Int = $typed(1)): Int = n + $typed(2)\n"
        'def main()\n  f = -> $typed(3)\n  puts("#{f()} #{f2($make(1).left)}")\nend\n'
        'def f2<T>(x: T): T = $id(x)\nmacro id(x) do "${x}" end\n'
    )
    before = alive()
    build = Build(Session(Options(files=(str(path),))))
    assert build.load(str(path))
    n_units = 0
    for unit in build.functions():
        n_units += 1
        del unit
        # Of the function just handed out, its IR is alive, and nothing of the front end.
        assert all(any(thing is old for old in before) for thing in alive())
    assert not build.session.sink.n_errors
    assert n_units >= 3


@pytest.mark.parametrize("stage", ["ast", "resolved", "typed", "qz", "llvm-ir"])
def test_every_stage_can_be_shown(tmp_path: Path, stage: str) -> None:
    path = tmp_path / "main.qz"
    path.write_text(
        "macro m(x) do quote do\n  var unquote(x) = 1\n  unquote(x) += 1\nend end\n"
        'def main()\n  $m(n)\n  $assert(n == 2)\n  puts("#{$debug(n)}")\nend\n'
    )
    done = execute(qz("dump-ir", path, "--stage", stage))
    assert (done.status, done.errors) == (0, "")
    assert b"main" in done.output


def test_debug_information_is_about_the_call(tmp_path: Path) -> None:
    path = tmp_path / "main.qz"
    path.write_text('macro m(x) do "puts(${x})" end\n\ndef main()\n  $m("a")\nend\n')
    done = execute(qz("compile", path, "--emit", "llvm-ir", "-g", "-o", "-", "--no-cache"))
    lines = {int(line) for line in re.findall(rb"DILocation\(line: ([0-9]+)", done.output)}
    assert lines & {1, 4} == {4}
