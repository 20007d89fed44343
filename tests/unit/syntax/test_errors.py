"""What is reported about wrong programs, where, and that nothing else is.

In `errors/`, a comment `#~ CODE …` above a line says what that line must give.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.unit.syntax.reading import Read, codes, codes_in_body

FILES = sorted((Path(__file__).parent / "errors").glob("*.qz"))
EXPECTATION = re.compile(r"^ *#~((?: QZ\d{4})+)$")


def expected(text: str) -> list[tuple[int, str]]:
    return [
        (number + 1, code)
        for number, line in enumerate(text.splitlines(), 1)
        if (match := EXPECTATION.match(line))
        for code in match[1].split()
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_line_gives_what_it_says(path: Path) -> None:
    read = Read(path.read_bytes()).parse_all()
    found = [
        (read.source.line_of(diagnostic.span.start), diagnostic.code)
        for diagnostic in read.diagnostics
        if diagnostic.span is not None
    ]
    assert found == sorted(expected(path.read_text()), key=lambda place: place[0])


def report(text: str) -> tuple[str, str, str]:
    """Message, help, and the text with the fix made, of a text with one error."""
    read = Read(text).parse_all()
    assert len(read.diagnostics) == 1, read.diagnostics
    found = read.diagnostics[0]
    fixed = text
    if found.fix is not None:
        for span, instead in sorted(found.fix.edits, reverse=True):
            data = fixed.encode()
            fixed = (data[: span.start] + instead.encode() + data[span.end :]).decode()
    return found.message, found.help, fixed


@pytest.mark.parametrize(
    ("wrong", "message", "right"),
    [
        ("def f() -> Int = 1\n", "the result type follows `:`, not `->`", "def f() : Int = 1\n"),
        (
            "def f()\n  if a = 1\n  end\nend\n",
            "`=` assigns, and a condition compares",
            "def f()\n  if a == 1\n  end\nend\n",
        ),
        (
            "def f()\n  if a\n  else if b\n  end\nend\n",
            "`else if` is written `elsif`",
            "def f()\n  if a\n  elsif b\n  end\nend\n",
        ),
        ("def f()\n  let x = 1\nend\n", "`let` is not a word of Quartz", "def f()\n  x = 1\nend\n"),
        ("def f()\n  let mut x = 1\nend\n", "`let` is not a word of Quartz", "def f()\n  var x = 1\nend\n"),
        (
            "def f()\n  while a do\n  end\nend\n",
            "`while` takes no `do`",
            "def f()\n  while a\n  end\nend\n",
        ),
        ("def f()\n  if a then\n  end\nend\n", "`if` takes no `then`", "def f()\n  if a\n  end\nend\n"),
        (
            "def f()\n  x = if a then b else c\nend\n",
            "`if` takes no `then`",
            "def f()\n  x = if a; b else c end\nend\n",
        ),
        ("def f()\n  if a:\n  end\nend\n", "`if` takes no `:`", "def f()\n  if a\n  end\nend\n"),
        ("def f(mut a: Int)\nend\n", "`mut` is not a word of Quartz", "def f(a: Int)\nend\n"),
        ("def f(): Int?\nend\n", "found `Int?`, expected a type", "def f(): Option<Int>\nend\n"),
        (
            "def f()\n  select\n    else => 2\n  end\nend\n",
            "found `else`, expected `default`",
            "def f()\n  select\n    default => 2\n  end\nend\n",
        ),
        (
            "def f()\n  select\n    _ => 2\n  end\nend\n",
            "found the name `_`, expected `default`",
            "def f()\n  select\n    default => 2\n  end\nend\n",
        ),
        (
            "def f()\n  match x\n    else => 2\n  end\nend\n",
            "found `else`, expected `_`",
            "def f()\n  match x\n    _ => 2\n  end\nend\n",
        ),
        ("const X = 'ab'\n", "`'ab'` is not a single character", 'const X = "ab"\n'),
        ("const X =\u00a01\n", "unexpected character `\u00a0`", "const X = 1\n"),
        ("const X \uff1d 1\n", "unexpected character `\uff1d`", "const X = 1\n"),
        ("const X = 1 \u2212 2\n", "unexpected character `\u2212`", "const X = 1 - 2\n"),
        (
            "def f()\n  match x\n    1 -> 2\n  end\nend\n",
            "found `->`, expected `=>`",
            "def f()\n  match x\n    1 => 2\n  end\nend\n",
        ),
    ],
)
def test_fixes_put_it_right(wrong: str, message: str, right: str) -> None:
    assert report(wrong)[::2] == (message, right)
    assert codes(right) == []


MISSPELT = "def f()\n  {}\n    b\n  end\nend\n"


@pytest.mark.parametrize(
    ("text", "message", "help_part"),
    [
        ("// a\n", "found `/`, expected a declaration", "a comment begins with `#`"),
        ('const X = "a\\qb"\n', "unknown escape `\\q`", "`\\\\`"),
        ('const X = "\\u41"\n', "unknown escape `\\u`", "\\u{1F600}"),
        ('const X = "\\u{D800}"\n', "unknown escape `\\u{D800}`", "surrogates"),
        ('const X = "\\xZ1"\n', "unknown escape `\\xZ1`", "two hexadecimal digits"),
        ("const X = 7u7\n", "`u7` is not a suffix of a number", "`i8 i16"),
        ("const X = 0b12\n", "`0b12` is not a binary number", ""),
        ("const X = 18446744073709551616\n", "integer `18446744073709551616` is too large", "2^64 - 1"),
        ('const X = "abc\n', "unterminated string", 'close it with `"`'),
        ('const X = """abc\n', "unterminated string", 'close it with `"""`'),
        ("fn f()\n  1\nend\n", "`fn` is not a word of Quartz", "`def`"),
        ("class Foo\n  def f() = 1\nend\n", "`class` is not a word of Quartz", "`struct`"),
        ('puts("hi")\n', "found the name `puts`, expected a declaration", "`def main`"),
        ("const X = größe\n", "unexpected character `öß`", "names consist of"),
        ("import a.b\n", "found `.`, expected `/` or the end of the line", "`/`"),
        ("def f(x Int)\nend\n", "found the name `Int`, expected `:` and the type", "`x: Int`"),
        ("const X = f(x => x)\n", "found `=>`, expected `,` or `)`", "`x -> e`"),
        ("const X = f(|x| x)\n", "found `|`, expected `x ->`", ""),
        ("def f()\n  a ? b : c\nend\n", "found the name `b`, expected the end of the statement", "`if a; b"),
        ("def f() {\n}\n", "blocks are closed by `end` and take no braces", "`end`"),
        ("const X = {1: 2}\n", "found `:`, expected `=>` or `}`", "`key => value`"),
        ("var x: [Int] = 1\n", "found `[`, expected a type", "`Vec<T>`"),
        ("def f()\n  1 < 2 < 3\nend\n", "comparisons cannot be chained", "`a < b and b < c`"),
        ("def f()\n  struct S\n  end\nend\n", "`struct` cannot stand inside a function", ""),
        ("@inline\n", "found the end of the file, expected a declaration", ""),
        ("const X = 1 2\n", "found `2`, expected the end of the declaration", ""),
        ("strcut Point\n  x: Int\nend\n", "found the name `strcut`, expected a declaration", "`struct`"),
        (MISSPELT.format("whlie a"), "`whlie` is not a word of Quartz", "did you mean `while`?"),
        (MISSPELT.format("y = unles a"), "`unles` is not a word of Quartz", "did you mean `unless`?"),
        (MISSPELT.format("repeat 3"), "`repeat` is not a word of Quartz", "`if`, `for`, `while`"),
        (MISSPELT.format("it(3)"), "found the end of the line, expected `do`", "are a block"),
        ("def f()\n  retrun 3\nend\n", "`retrun` is not a word of Quartz", "did you mean `return`?"),
        ("def f()\n  form 3\nend\n", "the arguments of a call stand in parentheses", "`form(…)`"),
        ("def f()\n  ++i\nend\n", "there is no `++`", "`x += 1`"),
        ("def f()\n  final x = 1\nend\n", "`final` is not a word of Quartz", "keeps its value"),
        ("def f()\n  local x = 1\nend\n", "`local` is not a word of Quartz", "`var name = value`"),
        ("const X = f(lambda x: x)\n", "found the name `x`, expected `,` or `)`", "`x -> e`"),
        ("impl T\n  def f(this)\n    this\n  end\nend\n", "`this` is not a word of Quartz", "`self`"),
        ("import a, b\n", "found `,`, expected the end of the line", "an `import` of its own"),
        ("impl A + B for T\nend\n", "found `+`, expected `for`", "`impl A for … end`"),
        ("impl A<Int>, B, C for T\nend\n", "found `,`, expected `for`", "`impl A for … end`"),
        ("struct T: A + B\n  x: Int\nend\n", "found `:`, expected the end of the line", "`impl Trait for …`"),
    ],
)
def test_messages(text: str, message: str, help_part: str) -> None:
    found = report(text)
    assert found[0] == message
    assert help_part in found[1]


def places(text: str) -> list[tuple[str, str, list[str]]]:
    """Code, the text at the primary span, and the texts at the notes' spans."""
    read = Read(text).parse_all()
    data = text.encode()
    return [
        (
            found.code,
            data[found.span.start : found.span.end].decode() if found.span else "",
            [data[note.span.start : note.span.end].decode() for note in found.notes if note.span],
        )
        for found in read.diagnostics
    ]


MISSING_END = """
def first()
  while a
    if b
      c
  end
end

def second()
  1
end
"""


def test_a_missing_end_is_one_error_and_points_at_its_opener() -> None:
    assert places(MISSING_END) == [("QZ0012", "def", ["if"])]


@pytest.mark.parametrize(
    ("text", "found", "opener"),
    [
        ("if a\n    for b in c\n      d\n  else\n    e\n  end", "else", "for"),
        ("if a\n    if b\n      d\n  elsif c\n    e\n  end", "elsif", "if"),
        ("x = unless a\n    match b\n      1 => d\n  else\n    e\n  end", "else", "match"),
    ],
)
def test_a_missing_end_before_the_else_of_what_is_around(text: str, found: str, opener: str) -> None:
    assert places(f"def f()\n  {text}\n  g()\nend\n\ndef g() = 1\n") == [("QZ0012", found, [opener])]


def test_an_else_where_nothing_is_open() -> None:
    codes = sorted(code for code, *_ in places("def f()\nend\nelse\nend\n"))
    assert codes == ["QZ0013", "QZ0030"]


def test_a_missing_end_in_an_impl() -> None:
    text = "impl A\n  def f()\n    if a\n      b\n  end\n\n  def g() = 1\nend\n\ndef h() = 2\n"
    assert places(text) == [("QZ0012", "def", ["if"])]


def test_a_missing_end_at_the_end_of_the_file() -> None:
    assert places("def f()\n  loop do\n    1\n") == [("QZ0012", "", ["loop"])]


@pytest.mark.parametrize("text", ["def f", "def f(): Int", "def f\n", "# nothing\ndef main(args)"])
def test_a_function_whose_body_is_missing_at_the_end_of_the_file(text: str) -> None:
    assert places(text) == [("QZ0012", "", ["def"])]


def test_a_method_of_a_trait_needs_no_body_there() -> None:
    assert places("trait T\n  def f(self)") == [("QZ0012", "", ["trait"])]
    assert places('extern "C" def f(n: CInt)') == []


def test_functions_behind_a_missing_end_are_found() -> None:
    read = Read("def f()\n  if a\nend\n" + "def g()\nend\n" * 3)
    assert read.names == ["f", "g", "g", "g"]
    assert read.codes == ["QZ0012"]


def test_an_end_too_many() -> None:
    assert places("def f()\nend\nend\n") == [("QZ0013", "end", ["end"])]


def test_a_misspelled_keyword_has_its_end_all_the_same() -> None:
    text = "ipml A for B\n  def f(self)\n    a\n  end\nend\n\ndef g()\nend\n"
    assert places(text) == [("QZ0030", "ipml", [])]


@pytest.mark.parametrize("opener", ["f(1, 2", "[1, 2", "{1 => 2", "v[1", "f(g(1)"])
def test_an_unclosed_bracket_ends_with_its_line(opener: str) -> None:
    bracket = next(sign for sign in opener if sign in "([{")
    text = f"def f()\n  x = {opener}\n  if a\n    b\n  end\nend\n\ndef g()\nend\n"
    assert places(text) == [("QZ0010", "\n", [bracket])]


@pytest.mark.parametrize(
    ("line", "code", "place", "noted"),
    [
        ('keys.push(Key name: "c", n: 1 })', "QZ0020", "name", ["}"]),
        ('puts"a #{x}")', "QZ0036", '"a #{x}"', [")"]),
        ("x = [[1] 2, 3], [4]]", "QZ0020", "2", ["]"]),
        ("x = [1, 2; f(3)", "QZ0010", "\n", ["[", ";"]),
        ("x = P { a: [ [1], b: 2 }", "QZ0010", "}", ["[", ":"]),
        ('words[("a, ["b"])] = 3', "QZ0004", '"])] = 3', ["b"]),
        ('big = "x.repeat(1 << 20)', "QZ0004", '"x.repeat(1 << 20', []),
        ('it("a) do x -> x end', "QZ0004", '"a) do x -> x end', []),
    ],
)
def test_what_does_not_match_is_one_error(line: str, code: str, place: str, noted: list[str]) -> None:
    assert places(f"def f()\n  {line}\n  ok(1)\nend\n\ndef g()\nend\n") == [(code, place, noted)]


def test_a_declaration_among_fields_is_where_an_end_is_missing() -> None:
    text = "struct S\n  a: Int\n\nnewtype T = Int\n\ndef f()\nend\n"
    assert places(text) == [("QZ0020", "newtype", ["def"])]


def test_an_operator_for_what_begins_a_body_takes_no_function_behind_it() -> None:
    assert places("def f(): T == 1\n\ndef g()\nend\n") == [("QZ0020", "==", ["def"])]


def test_an_end_whose_opener_is_in_a_string_closes_something() -> None:
    text = 'def f()\n  it("a) do ->\n    b\n  end\nend\n\ndef g()\nend\n'
    assert places(text) == [("QZ0004", '"a) do ->', [])]
    assert codes('def f()\n  it("a)\nend\nend\n') == ["QZ0004", "QZ0013"]


def test_brackets_that_cross() -> None:
    assert places("const X = f([1, 2)\n") == [("QZ0010", ")", ["["])]


@pytest.mark.parametrize(
    "line",
    [
        "y = 1 +* 2",
        "f(,)",
        "x = (1 2)",
        "y = [1 2]",
        "a b",
        "x. = 1",
        "var = 1",
        "return ]",
        "y: M<>A, B> = 1",
        "f = (t: T) t.x",
    ],
)
def test_each_wrong_line_is_one_error(line: str) -> None:
    assert len(codes_in_body("\n".join(["ok(1)", f"  {line}", "ok(2)", f"  {line}", "ok(3)"]))) == 2


def test_errors_leave_poison_and_the_rest_of_the_tree() -> None:
    read = Read("def f()\n  x = 1 + )\n  y = 2\nend\n")
    assert read.shown(read.parse()) == "(FN (BLOCK (ASSIGN x (ADD 1 POISON)) (ASSIGN y 2)))"


def test_an_unterminated_string_does_not_take_the_bracket_behind_it() -> None:
    assert codes('def f()\n  puts("hello)\n  puts("bye")\nend\n') == ["QZ0004"]


@pytest.mark.parametrize("piece", ['"a #{b', '"a #{b}', '"a #{"', '"#{f("#{x'])
def test_an_unterminated_interpolation_ends_with_its_line(piece: str) -> None:
    assert codes(f"def f()\n  x = {piece}\n  y = 2\nend\n") == ["QZ0004"]


@pytest.mark.parametrize("annotation", ["@deprecated(", "@[inline(", '@cfg(os: "linux"', "@foo(1, ("])
def test_an_annotation_that_is_not_closed_is_given_up(annotation: str) -> None:
    assert "QZ0010" in codes(f"{annotation}def f() = 1\n\ndef g() = 2\n")


def test_invalid_utf8_and_nul_are_reported_once() -> None:
    assert codes(b'const X = "\xff\xfe"\nconst Y = "\xff"\n') == ["QZ0001"]
    assert codes(b"const X\0 = 1\nconst Y = \0 2\n") == ["QZ0002"]


def test_a_file_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qz.syntax.lexer_errors.MAX_FILE_BYTES", 10)
    assert codes("def main() = 1\n") == ["QZ0009"]
