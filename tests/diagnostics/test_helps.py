"""What a finding advises, where one value is there and another kind of it is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from qz.diagnostics.fixes import apply_fixes
from qz.diagnostics.model import Diagnostic
from qz.driver.build import Build
from qz.driver.options import Options
from qz.driver.session import Session

HELPS = {
    "x: Int = found": "`e!` gives what is in it, or panics; `e ?? other` has a value for `None`",
    "x = found + 1": "`e!` gives what is in it, or panics; `e ?? other` has a value for `None`",
    "x = 1 + read": "`e!` gives what is in it, or panics; `$try(e)` leaves the function with the error",
    "x = 1 if found": "`e is Some(x)` asks for a value",
    "x = 1 if read": "`e is Ok(x)` asks for success",
    "x: Option<Int> = 3": "write `Some(…)`",
    "x: Result<Int, String> = 3": "write `Ok(…)`",
    "x: String = nil": "only an `Option` may lack its value: `Option<String>`",
    'x = {"a" => 1}.get_or_set("b", 2)': "a function is asked for that gives such a value: `-> …`",
    'x = "=" * 3': "`text.repeat(n)` is a text so many times",
    'x = "%d" % 3': "values are put into a text by `#{x}`",
    'x = "ab"[0] == "a"': (
        "a character is written `'x'`, a text `\"x\"`; `c.to_char_s()` is the text of a character"
    ),
    "x = \"ab\"; x[0] = 'c'": 'a text never changes: `s[..i] + "x" + s[i + 1..]` is another one',
    "x = int(3)": "`s.to_i()` reads a number, `x as Int` converts one",
    "x = range(3)": "a range is `a..b`, or `a..=b` with its end",
    "x = [1].map(it + 1)": "the only parameter is called `it` in braces: `xs.map { it + 1 }`",
    'x = "abc".substring(0, 1)': "`x[a..b]` is the part from `a` up to `b`",
    "x: Int[] = [1]; puts(x.join())": "a vector of `T` is `Vec<T>`",
    'x = "abc"[0:1]': "a part is `x[a..b]`",
    "x = 1 if 2 > 1 else 3": "a choice is written `if a; b; else; c; end`",
    "x = 2; found.map x = 3": "write `map(…)`",
    "int x = 3": "the type stands behind the name: `x: int`",
    "var a = 1; var b = 2; a, b = b, a": "several values together are a tuple: `(a, b) = (c, d)`",
    "x = [found][0]?": "`e.ok_or(why)?` returns what `asked` does; or open the value with `!`",
    "x = found.abs()": "`e?.abs` asks what is in it, if anything is; `e!.abs` panics where nothing is",
    "x = read.abs()": "`$try(e).abs` leaves the function with the error; `e!.abs` panics with it",
    "x = read?.abs()": "`?.` is for an `Option`; `$try(e).name` leaves the function with the error",
    "x = read ?? 0": "`??` is for an `Option`; `e.unwrap_or(other)` has a value for an `Err`",
    "x = [[1]].get(0)[0]": "`e!` gives what is in it, or panics; `e ?? other` has a value for `None`",
    "match read; None => 1; end": "a `Result` is `Ok(…)` or `Err(…)`",
    "match found; 1 => 1; end": "write `Some(…)`",
    'x = "5" as Int': "`s.to_i()` reads a number, if the text is one",
    'x = "5" as F64': "`s.to_f()` reads a number, if the text is one",
    "x: Int = 5u8": "`n as Int` converts a number",
    "x: F64 = 1.5f32": "`n as F64` converts a number",
    "y: Vec<Bool> = [a for a, b in [(0, 1)]]": "`a` counts, `b` is a pair: `for (a, b) in …` takes it apart",
    'for a, b in [("k", 1)]; y: Int = b; end': "`a` counts, `b` is a pair: `for (a, b) in …` takes it apart",
    'for a, b in [("k", 1)]; puts(b[0]); end': "`a` counts, `b` is a pair: `for (a, b) in …` takes it apart",
    'for a, b in [("k", 1)]; b.trim(); end': "`a` counts, `b` is a pair: `for (a, b) in …` takes it apart",
    'for a, b in [("k", 1)]; y = b + 1; end': "`a` counts, `b` is a pair: `for (a, b) in …` takes it apart",
    "x = (1, 2)[0]": "the elements of a tuple are `.0`, `.1` and so on",
    'puts("a") for n in [1, 2] if n > 1': "an `if` that is asked of each stands before the `for`",
    'puts("a") for (a, b) in [(n, 2)] for n in [1] unless b > 1': (
        "an `unless` that is asked of each stands before the `for`"
    ),
    'puts("a") for n in [1, 2] if zzz > 1': "",
    "x = (n for n in [1])": "`[e for x in xs]` makes a vector of what `e` gives",
    "x = Same": "where no type that is asked for tells which, write `A::Same`, `B::Same` or `C::Same`",
    "for a, b, c in [(1, 2)]; puts(a); end": "a tuple is taken apart in parentheses",
    'm = {"a" => (1, 2)}; for a, b, c in m; puts(a); end': "a tuple is taken apart in parentheses",
    "for a, b, c in [1]; puts(a); end": "",
    "x: Result<Void, String> = Ok()": "there is no value, which is written `Ok(nil)`",
    "x: Result<Int, String> = if 1 < 2; 3 else Ok(4) end": "write `Ok(…)`",
    'x: Result<Int, String> = "a"': "write `Err(…)`",
    "x: Result<Int, Int> = 3": "write `Ok(…)` or `Err(…)`",
    "var x = found; x += 1": "`e!` gives what is in it, or panics; `e ?? other` has a value for `None`",
    "p = {n: found}; x = p.n?": (
        "a name may end in `?`; what `p.n` holds, or else to return, is `$try(p.n)`"
    ),
    'x = "a".include?("b")': "did you mean `contains`?",
    "x = [1].include?(1)": "did you mean `has`?",
    "x = [1].map(n -> n).collect()": (
        "a vector has its elements already; `xs.map(f)` makes one of what `f` gives"
    ),
    "x = [1].concat([2])": "`a + b` puts texts together, `[...a, ...b]` vectors",
    'x = {"a" => 1}.getOrDefault("a", 2)': "did you mean `get_or`?",
    'x = "abc".rindex("c")': "did you mean `last_index_of`?",
    "x = [1].sorted_desc()": "`xs.sorted_by((a, b) -> a > b)` puts the greatest first",
    "x = I64::MAX": "the largest value of an integer type is `T.max_value()`",
    "x = 1\n    * 2": "a line goes on in the next one where an operator ends it, not where one begins that",
    "n = 1; x = {n:}": "a field named like a local is given by its name alone",
    "x: Option<Int> = Nothing": "did you mean `None`?",
    "match found; Just(_) => 1; _ => 2; end": "did you mean `Some`?",
    "x = Dot as Int": "a `match` can give each variant a number",
    "x: Shape = Circle": "`Circle(radius)` makes one of what it holds",
    "x = [Dot, Rect]": "`Rect(w, h)` makes one of what it holds",
    "x: Option<Int> = Some": "`Some(value)` makes one of what it holds",
    "x: Int = Circle": "",
    "x = Circle(1.0).radius": (
        "only a `Circle` holds it: `e is Circle(radius: x)` takes it out, and a `match` does"
    ),
    "x = Rect(1, 2); x.h = 3": (
        "only a `Rect` holds it: `e is Rect(h: x, ..)` takes it out, and a `match` does"
    ),
    "f = (n: Int) -> n; x = f.(1)": "a function that is a value is called as `f(x)`",
    "x = 1 << 2.0": "convert one side: `… as Int`",
    "x = \"a\" + 'b'": "`c.to_char_s()` is the text of a character",
    "x = [1] + [2]": (
        "`[...a, ...b]` has the elements of both, `a.append(b)` puts those of `b` behind those of `a`"
    ),
    'a = read; b = A::Same + 1; puts("#{a} #{b}")': (
        "`def op_add(self, other: Int)` in an `impl A` says what it means"
    ),
    "x = [0] * 3": "`Vec.filled(n, x)` has an element so many times",
    "x = found or 3": "`a ?? b` is `b` where `a` is `None`",
    'for a of [1]; puts("#{a}"); end': "`for x in xs` goes over what is in `xs`",
    "x = go do -> 3 end; y = x + 1": "`await t` waits for what a task gives",
    'x: Bytes = "a"': "`text.bytes()` are the bytes of a text",
    "v = [1]; w: Vec<Int | String> = v": "`v.map(x -> x)` has each element become `Int | String`",
    "x = Circle { radius: 1.0 }": (
        "`Circle` is a variant of `Shape`, which is the type; one is made by `Circle(…)`"
    ),
    "resut = 1; x = result": "did you mean `resut`?",
    "x = 1; y = z": "",
    "if 1 < 2; y = 3; end; x = y": (
        "bind it before the block, as a variable or to what the block gives: `x = if … end`"
    ),
    "loop; var y = 3; break; end; x = y": "bind it before the block",
    'puts("") unless found is Some(y); x = y': "use it inside of `if e is p`, or of an arm of a `match`",
    "x = [1].map(y -> y + 1); z = y": "",
    "x: F64 = 3": "write `3.0`",
    "n = 3; x: F64 = n": "`n as F64` converts a number",
    "r: Result<Int, Int> = Ok(1); x = (r)?": (
        "`e.map_err(f)?` makes the error that `asked` returns; or let it return `Result<…, Int>`"
    ),
    "var x = 1; x += 1.5": "convert what is on the right: `… as Int`",
    "x = (0..3).max_by(n -> 0 - n)": "`x.to_vec().max_by` asks a vector of what is in it",
    "x = [1][..].sort()": "",
    "match 3\n    1: 2\n    _ => 3\n  end": "write `=>`",
    "match read is Ok(_)\n    true => [1].empty?() ? 2 : 3\n    _ => 3\n  end": (
        "a choice is written `if a; b; else; c; end`"
    ),
    "match 3\n    1..3 @ n => n\n    _ => 3\n  end": "the name stands in front: `name @ pattern`",
    "for n in [1, 2] if n > 1\n    x = n\n  end": (
        "a loop goes over all of them: `continue unless …` in it leaves some out"
    ),
    "for n in [1, 2] unless n > 1\n    x = n\n  end": (
        "a loop goes over all of them: `continue if …` in it leaves some out"
    ),
    "v = [1]; x: Slice<Int> = v": "`v[..]` is a slice of all elements of a vector",
    "match 3\n    1, 2 => 3\n    _ => 4\n  end": "an arm for one pattern or another is `p | q => …`",
    "f = (v: Int | String) -> 1; x = [1].map(f)": (
        "a function stays what it is: write a lambda that calls it"
    ),
    "x = Vec<Int>.new": "`Vec.new()` calls it",
    "x = Vec.filled": "`Vec.filled(…)` calls it",
    "x = 1 <> 2": "values are compared by `==` and `!=`",
    "x = `ls`": "`process::capture(command)` runs one, of the module `process`",
    "@x = 1": "a field of the value at hand is `self.name`, and no other name has a sign",
    "x = Hash.new(0)": "did you mean `Map`?",
    "x = (1..3).to_a": "`xs.to_vec()` makes a vector, and `xs.collect()` does of what an iterator gives",
    "puts [1, 2]": "write `puts(…)`",
    "puts [1]": "the arguments of a call stand in parentheses: `puts(…)`",
    "puts -1": "the arguments of a call stand in parentheses: `puts(…)`",
    "x ||= found": "`x ??= e` fills an `Option` that has no value, `x = x or e` sets a `Bool`",
    "x = $count": "that calls a macro; module state is `global name = …`, and its name has no sign",
    "5.times do |i|\n    puts(i.to_s())\n  end": "`for i in 0..n` counts",
    "puts(__FILE__)": "code does not know where it stands; `$debug(e)` shows a place and a value",
    'puts "a" if': "`if` asks for a condition, which stands on its line",
    'unless 1 > 2; puts("a"); elsif 1 > 3; puts("b"); end': "write `if not …`, or an `if` in the `else`",
    "match Rect(1, 2); Rect(w) => w; _ => 2; end": "`..` at the end leaves out the others",
}


def diagnostics_of(path: Path) -> list[Diagnostic]:
    """What there is to say of a program that is read without an error."""
    session = Session(Options(files=(str(path),)))
    build = Build(session)
    assert build.load(str(path))
    build.check_all()
    return session.sink.diagnostics


@pytest.mark.parametrize("statement", HELPS)
def test_help_of_a_statement(statement: str, tmp_path: Path) -> None:
    path = tmp_path / "main.qz"
    path.write_text(
        "def asked(found: Option<Int>, read: Result<Int, String>): Result<Int, String>\n"
        f"  {statement}\n  Ok(1)\nend\ndef main()\n  asked(None, Ok(1))!\nend\n"
        "enum Shape\n  Circle(radius: F64)\n  Rect(w: Int, h: Int)\n  Dot\nend\n"
        "enum A\n  Same\nend\nenum B\n  Same\nend\nenum C\n  Same\nend\n"
    )
    helps = [found.help for found in diagnostics_of(path) if found.code < "QZ7000"]
    assert helps == [HELPS[statement]]


DECLARATIONS = {
    "struct Box\n  w: Int\nend\ndef width(b: Box): Int = match b\n  Box(w) => w\nend": (
        "`Box { … }` takes a struct apart"
    ),
    "def sum(a: Int, b: Fn(Int): Int c: Int): Int = b(a) + c\ndef asked(): Int = sum(1, n -> n, 2)": "",
    "enum Shown\n  Box { w: Int, h: Int }\n  Dot\nend\n"
    "def width(Box(w, h:)): Int = w + h\ndef width(Dot) = 0": (
        "what a variant holds stands in parentheses: `Variant(name: Type)`"
    ),
    "enum Shown\n  Box {\n    w: Int\n    h: Int\n  }\nend\ndef shown(): Shown = Box(1, h: 2)": (
        "what a variant holds stands in parentheses: `Variant(name: Type)`"
    ),
    "impl Sq for Sized\nend": "the trait is named first: `impl Sized for Sq`",
    "impl Sq : Sized\nend": "the trait is named first: `impl Trait for Type`",
    "struct Round extends Sq\n  r: Int\nend": (
        "what a type implements stands behind it, each trait in an `impl` of its own: `impl Trait for …`"
    ),
    "impl Sq\n  def twice(self): Int = n + self.n\nend": "the field is `self.n`",
    "impl Sq\n  def twice(): Int = n\nend": "the field is `self.n`, where `self` is the first parameter",
    "impl Sq\n  def twice(self): Int = size()\n  def size(self): Int = 1\nend": "the method is `self.size`",
    "impl Sq\n  def twice(): Int = self.n\nend": "a method that has it names it first: `def name(self, …)`",
    "impl Sq\n  static def unit(): Sq = Sq { n: 1 }\nend": (
        "a method without `self` is static; module state is declared with `global`"
    ),
    "impl Sq\n  def self.unit(): Sq = Sq { n: 1 }\nend": (
        "a function without `self` is asked of its type: `Type.name()`"
    ),
    "def half(f: Int -> Int)\nend": "the type of a function is `Fn(A, B): R`",
    "def half(f: Int[])\nend": "a vector of `T` is `Vec<T>`",
    "def half(f: F32x4)\nend": "a loop over a `Vec` works on several elements at once by itself",
    "def half(f: Vec<Int>?)\nend": "a value that may be absent has type `Option<T>`",
    "def half(f: Result<Int>)\nend": "it is written `Result<T, E>`",
    "def half(f: Array<Int>)\nend": "it is written `Array<T, N>`",
    "def half(): Void\n  return 1\nend": "the type of a result stands behind the parameters: `: Int`",
    "trait Of<K>\n  def size(self): Int\nend\nimpl<K> Of<K> for Sq\n  def size(self): Int = 1\nend\n"
    "def size_of(s: Sq): Int = s.size()": "`(value as dyn Of<…>).size(…)` says which",
    "impl Sq\n  def +(self, o: Sq): Sq = o\nend\ndef twice(s: Sq): Sq = s + s": (
        "an operator is a method by the name of `op_add`"
    ),
    "impl Sq\n  def unit(): Sq = Sq { n: 1 }\nend\ndef same(s: Sq): Sq = s.unit()": (
        "a function without `self` is asked of its type: `Sq.unit(…)`"
    ),
    "def least(a: Int): Int = a > 1 ? 1 : a": "a choice is written `if a; b; else; c; end`",
    "type Of = (Int) -> Int": "the type of a function is `Fn(A, B): R`",
    "newtype Id = Int\ndef first(): Id = 3": "write `Id(…)`",
    "newtype Of<T> = Vec<T>": "a newtype has no type parameters, whereas a `struct` may have some",
    "enum Shown\n  Box(w: Int, full: Bool = true)\nend": (
        "what a variant holds has no default: a function can give it one"
    ),
    "def last(v: Vec<Int>)\n  v.remove_at(0)\nend": "`xs.delete(i)` takes an element out by its index",
    "type Packet = binary { n: u8; rest: bytes(n * 2) }": "the field is `self.n`",
    'import sha1\ndef one() = puts(sha1::sha256("a"))': "it has `digest`",
    "import { sha256 } from sha1": "it has `digest`",
    "def all(v: Vec<Int>): Set<Int> = Set.from(v)": "did you mean `of`?",
    'def last()\n  if (1 < 2) { puts("a") }\nend': "`if` ends with its line, and its block with `end`",
    "def sized(h: Hash): Int = 1": "did you mean `Map`?",
    "def of(**all): Int = 1": (
        "an argument that is named is a parameter of its own, with a default: `name: T = e`"
    ),
    "def of(&block): Int = 1": "a block that is given is a parameter like any other: `name: Fn(A): R`",
    "def of(&mut x: Int): Int = x": "what is lent says so in front of its type: `name: &T`, `name: &mut T`",
    "$count = 3": "module state is declared by `global name = …`, and its name has no sign",
    "@packed struct Tight { x: U8, s: String }": ("without `@packed`, or as a `@value`, `Tight` can have it"),
    "@value struct Text { s: String }\n@repr(C) struct OfText { t: Text }": (
        "without `@value`, a `Text` lies in a block of its own"
    ),
    "@value struct Turn { n: Int }\nimpl Iterator<Int> for Turn\n"
    "  def next(&mut self): Option<Int> = None\nend": (
        "without `@value`, a method with `self` changes a `Turn` in its place"
    ),
    "@value struct Turn { n: Int }\nimpl Iterator<Int> for Turn\n  def next(self): Option<Int>\n"
    "    self.n += 1\n    None\n  end\nend": (
        "without `@value`, a method with `self` changes a `Turn` in its place"
    ),
    "@value struct Turn { n: Int }\nimpl Sized for Turn\n  def area(&mut self): Int = 0\nend": (
        "a method with `&mut self`, which the trait has to say as well, changes the value in its place"
    ),
    "def least(a: Int): Int = a if a > 1 else 1": "a choice is written `if a; b; else; c; end`",
}


@pytest.mark.parametrize("declaration", DECLARATIONS)
def test_help_of_a_declaration(declaration: str, tmp_path: Path) -> None:
    path = tmp_path / "main.qz"
    path.write_text(
        f"trait Sized\n  def area(self): Int\nend\nstruct Sq {{ n: Int }}\n{declaration}\ndef main()\nend\n"
    )
    session = Session(Options(files=(str(path),)))
    build = Build(session)
    build.load(str(path))
    build.check_all()
    helps = [found.help for found in session.sink.diagnostics if found.code < "QZ7000"]
    assert helps == [DECLARATIONS[declaration]]


def test_help_of_an_import_from_a_folder_of_the_program(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts/one.qz").write_text("import shared\n")
    (tmp_path / "shared.qz").write_text("const SIZE = 1\n")
    path = tmp_path / "main.qz"
    path.write_text("import parts/one as _one\ndef main() = 0\n")
    (found,) = diagnostics_of(path)
    assert found.code == "QZ0601"
    where = f"`{tmp_path}/shared.qz` is beside the main file"
    assert found.help == f"{where}: `-I {tmp_path}` has every module find it"


def test_help_of_an_import_that_the_library_has_in_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "main.qz"
    path.write_text("import std/stdin\nimport nothing/stdin\ndef main() = 0\n")
    stdin, nothing = diagnostics_of(path)
    assert (stdin.code, stdin.help) == ("QZ0601", "did you mean `io/stdin`?")
    assert (nothing.code, nothing.help) == ("QZ0601", "")


@pytest.mark.parametrize(
    ("header", "codes"),
    [
        ("main(): int", ["QZ0301"]),
        ("main(args: Strings)", ["QZ0301"]),
        ("main(): String", ["QZ0311"]),
    ],
)
def test_a_main_of_unknown_types_is_no_wrong_main_as_well(
    header: str, codes: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "main.qz"
    path.write_text(f'def {header} = panic("")\n')
    assert [found.code for found in diagnostics_of(path)] == codes


def test_a_match_in_which_an_arm_could_not_be_read_lacks_none(tmp_path: Path) -> None:
    path = tmp_path / "main.qz"
    path.write_text(
        'def asked(found: Option<Int>): Int\n  match found\n    None =>\n      puts("none")\n      0\n'
        "    Some(n => n\n  end\nend\ndef main()\n  asked(None)\nend\n"
    )
    assert {found.code for found in diagnostics_of(path)} == {"QZ0010"}


@pytest.mark.parametrize(
    ("written", "help_text"),
    [
        ("maths", "did you mean `math`?"),
        ("colections", "did you mean `collections`?"),
        ("std/jsn", "did you mean `std/json`?"),
        ("parts/on", "did you mean `parts/one`?"),
        ("nowhere/at_all", ""),
    ],
)
def test_help_of_an_import_that_is_misspelt(written: str, help_text: str, tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts/one.qz").write_text("")
    path = tmp_path / "main.qz"
    path.write_text(f"import {written} as _\ndef main() = 0\n")
    assert [found.help for found in diagnostics_of(path)] == [help_text]


@pytest.mark.parametrize(
    ("body", "notes"),
    [
        ("return (if n > 1; 2; else; puts(X); end)", ["puts(X): this gives nothing"]),
        ("if n > 1; 2; end", ["if: there is no `else`"]),
        ("match n; 1 => puts(X); 2 => 3; _ => n.abs(); end", ["puts(X): this gives nothing"]),
        ("if n > 1; if n > 2; 3; end; elsif n > 0; 2; else; end", ["if: there is no `else`"]),
        ("select; recv(ch) => puts(X); default => return 3; end", []),
        ("select; recv(ch) => puts(X); default => 3; end", ["puts(X): this gives nothing"]),
        ("puts(X)", []),
    ],
)
def test_branches_that_give_nothing(body: str, notes: list[str], tmp_path: Path) -> None:
    path = tmp_path / "main.qz"
    path.write_text(f'const X = "x"\ndef given(n: Int, ch: Channel<Int>): Int\n  {body}\nend\n')
    (found,) = diagnostics_of(path)
    assert found.code in ("QZ0408", "QZ0409")
    data = path.read_bytes()
    texts = [(data[n.span.start : n.span.end].decode(), n.text) for n in found.notes if n.span is not None]
    assert [f"{where}: {text}" for where, text in texts if where != "Int"] == notes


def test_methods_that_are_not_as_a_trait_asks_for_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "main.qz"
    path.write_text(
        "trait Sized\n  def area(self): F64\n  def name(self): String\n  def sides(self): Int\nend\n"
        "struct Dot { x: Int }\n"
        "impl Dot\n  def area(self): Int = 0\n  def name(self, n: Int): String = self.x.to_s()\nend\n"
        "def shown<T: Sized>(one: T): String = one.name()\n"
        "def main()\n  shown(Dot { x: 1 })\nend\n"
    )
    (found,) = (found for found in diagnostics_of(path) if found.code == "QZ0313")
    assert [note.text for note in found.notes[1:]] == [
        "`Dot` has `def area(self): Int`, not `def area(self): F64`",
        "`Dot` has `def name(self, n: Int): String`, not `def name(self): String`",
        "`Dot` lacks `sides`",
    ]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("f = |a, b| a", "f = (a, b) -> a"),
        ("f = |a| a", "f = a -> a"),
        ("f = || 1", "f = -> 1"),
        ("each(v) do |a, b|\n  end", "each(v) do a, b ->\n  end"),
    ],
)
def test_lambdas_of_other_languages_are_written_as_here(written: str, meant: str, tmp_path: Path) -> None:
    path = tmp_path / "main.qz"
    path.write_text(f"def main()\n  {written}\nend\n")
    found = next(found for found in diagnostics_of(path) if found.code == "QZ0020")
    assert found.fix is not None
    assert apply_fixes(path.read_bytes(), 0, [found.fix])[0].decode() == f"def main()\n  {meant}\nend\n"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("{a, x} = {a: 1, x: 2}\n  a", "{a, x: _} = {a: 1, x: 2}\n  a"),
        ("a = 1\n  b = {a:}\n  b", "a = 1\n  b = {a}\n  b"),
        ("a = 1\n  b = { a: }\n  b", "a = 1\n  b = { a }\n  b"),
    ],
)
def test_field_by_its_name_alone(written: str, meant: str, tmp_path: Path) -> None:
    path = tmp_path / "main.qz"
    path.write_text(f"def f()\n  {written}\nend\n")
    fixes = [found.fix for found in diagnostics_of(path) if found.fix is not None]
    assert apply_fixes(path.read_bytes(), 0, fixes)[0].decode() == f"def f()\n  {meant}\nend\n"


@pytest.mark.parametrize(
    ("statement", "operator"), [('x = "a" >> 1', ">>"), ('var x = "a"; x >>= 1', ">>="), ('x = "a" > 1', ">")]
)
def test_operator_is_shown_whole(statement: str, operator: str, tmp_path: Path) -> None:
    path = tmp_path / "main.qz"
    path.write_text(f"def main()\n  {statement}\nend\n")
    (found,) = (found for found in diagnostics_of(path) if found.code == "QZ0402")
    assert found.span is not None
    assert found.message == f"`{operator}` is not defined for `String` and `Int`"
    assert path.read_text()[found.span.start : found.span.end] == operator


@pytest.mark.parametrize("text", ["(1 + 2) * 3", "((1 + 2) * 3) / (2)", "(1 + 2).abs()", "[(1)][0]"])
def test_what_is_marked_begins_with_its_parentheses(text: str, tmp_path: Path) -> None:
    path = tmp_path / "main.qz"
    path.write_text(f"def main()\n  x: String = {text}\nend\n")
    (found,) = (found for found in diagnostics_of(path) if found.code == "QZ0400")
    assert found.span is not None
    assert path.read_bytes()[found.span.start : found.span.end].decode() == text


@pytest.mark.parametrize(
    ("asked", "notes"),
    [
        ("{Kept => 1}", ["`State` lacks `hash`", "run: `Fn(Int): Int` does not implement `Hash`"]),
        ("{Half { n: 0.5 } => 1}", ["`Half` lacks `hash`", "n: `F64` does not implement `Hash`"]),
        ("[Kept].has(Lost)", ["`State` lacks `op_eq`", "run: `Fn(Int): Int` does not implement `Eq`"]),
        ("[Half { n: 0.5 }].sorted()", ["`@derive(Ord)` before the declaration of `Half` gives it an order"]),
        ("[Some(1)].sorted()", ["`Option<Int>` lacks `op_lt`"]),
    ],
)
def test_part_that_lacks_what_a_type_is_asked_for(asked: str, notes: list[str], tmp_path: Path) -> None:
    path = tmp_path / "main.qz"
    path.write_text(
        "struct Job { run: Fn(Int): Int }\nenum State\n  Held(job: Job, n: Int)\n  Kept\n  Lost\nend\n"
        f"struct Half {{ n: F64 }}\ndef main()\n  _x = {asked}\nend\n"
    )
    (found,) = diagnostics_of(path)
    assert found.code == "QZ0313"
    assert [text for text in noted(path, found) if "asks for" not in text] == notes


def noted(path: Path, found: Diagnostic) -> list[str]:
    """The notes of a finding, each behind what it points at."""
    where = [path.read_text()[n.span.start : n.span.end] + ": " if n.span else "" for n in found.notes]
    return [at + note.text for at, note in zip(where, found.notes, strict=True)]


@pytest.mark.parametrize(
    ("asked", "notes"),
    [
        ("Half { n: 0.5 }.hash()", ["n: `F64` does not implement `Hash`"]),
        ("Holder { guard: Guard { n: 1 } }.clone()", ["guard: `Guard` does not implement `Clone`"]),
        ("Guard { n: 1 }.clone()", ["a value of `Guard` has one owner, and is not copied"]),
        ("Some(Guard { n: 1 }).clone()", ["`Guard` does not implement `Clone`"]),
    ],
)
def test_why_a_type_has_no_method_of_its_parts(asked: str, notes: list[str], tmp_path: Path) -> None:
    path = tmp_path / "main.qz"
    path.write_text(
        '@value struct Guard { n: Int }\nimpl Drop for Guard\n  def drop(self): Void = eputs("")\nend\n'
        "struct Holder { guard: Guard }\nstruct Half { n: F64 }\n"
        f"def main()\n  _x = {asked}\nend\n"
    )
    (found,) = diagnostics_of(path)
    assert found.code == "QZ0304"
    assert noted(path, found) == notes
