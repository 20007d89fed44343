"""Sources laid out: how far in lines are, what stands between tokens, and that those stay what they are."""

from pathlib import Path

import pytest

from qz.base.interner import Interner
from qz.base.source import SourceMap
from qz.diagnostics.sink import DiagnosticSink
from qz.syntax import token_numbers as tk
from qz.syntax.formatting import formatted
from qz.syntax.tokenize import tokenize
from qz.syntax.tokens import TokenTable

ROOT = Path(__file__).parents[3]


def tokens_of(data: bytes) -> TokenTable | None:
    """None where there is an error in them."""
    sink = DiagnosticSink()
    tokens = tokenize(SourceMap().add("a.qz", data), Interner(), sink)
    return None if sink.n_errors else tokens


def laid_out(text: str) -> str:
    tokens = tokens_of(text.encode())
    assert tokens is not None
    return formatted(tokens).decode()


def meaning(tokens: TokenTable) -> list[tuple[int, bytes, int]]:
    """All that a parser sees: the ends of lines have no text."""
    return [
        (tokens.kind[n], b"" if tokens.kind[n] == tk.NEWLINE else tokens.bytes(n), tokens.partner[n])
        for n in range(len(tokens))
    ]


CASES = {
    "blocks": (
        "def main()\nif a\n      b()\nelsif c\nd()\n else\n e()\n  end\nend\n",
        "def main()\n  if a\n    b()\n  elsif c\n    d()\n  else\n    e()\n  end\nend\n",
    ),
    "two that begin on one line": (
        "f(a, do x ->\ng(x)\nend)\nh(do ->\ni()\nend)\n",
        "f(a, do x ->\n  g(x)\nend)\nh(do ->\n  i()\nend)\n",
    ),
    "arms": (
        "match x\nSome(n) =>\na()\nb()\nNone => c()\n_ =>\nmatch y\n1 => d()\nend\nend\ne()\n",
        "match x\n  Some(n) =>\n    a()\n    b()\n  None => c()\n"
        "  _ =>\n    match y\n      1 => d()\n    end\nend\ne()\n",
    ),
    "brackets": (
        'v = [\n1,\n    2,\n]\nf(\na,\nb +\nc,\n)\nm = {\n"a" => 1,\n}\n',
        'v = [\n  1,\n  2,\n]\nf(\n  a,\n  b +\n  c,\n)\nm = {\n  "a" => 1,\n}\n',
    ),
    "statements that go on": (
        "x = a +\nb\ny = v\n.map(f)\n    .filter(g)\nz = v.map do n ->\nn\nend\n.sum()\n",
        "x = a +\n  b\ny = v\n  .map(f)\n  .filter(g)\nz = v.map do n ->\n  n\nend\n  .sum()\n",
    ),
    "where": (
        "extend Set<T>\nwhere T: Hash\ndef f(self): Int = 1\nend\n",
        "extend Set<T>\n  where T: Hash\n  def f(self): Int = 1\nend\n",
    ),
    "structs in one line and in several": (
        "struct P { x: Int }\n@value\nstruct Q\nx: Int=0\nend\nstruct R {\ny: Int\n}\nf()\n",
        "struct P { x: Int }\n@value\nstruct Q\n  x: Int = 0\nend\nstruct R {\n  y: Int\n}\nf()\n",
    ),
    "signs": (
        "a=b==c&&d!=e||f<=g\nf( a ,b )\nv[ 0 ]=x ?? y\nx:Int = 1\ng(x)|>h\na  -  b\n",
        "a = b == c && d != e || f <= g\nf(a, b)\nv[0] = x ?? y\nx: Int = 1\ng(x) |> h\na - b\n",
    ),
    "what may stand close or apart": (
        "f -1\na - b\na-b\nv [0]\nw[0]\nx<y\nMap<K,V>.new()\n1..n\n{a: 1}\n{ b: 2 }\n",
        "f -1\na - b\na-b\nv [0]\nw[0]\nx<y\nMap<K, V>.new()\n1..n\n{a: 1}\n{ b: 2 }\n",
    ),
    "two of these": ("x >>= 1\nx: Vec<Vec<T>> = y\n", "x >>= 1\nx: Vec<Vec<T>> = y\n"),
    "strings": (
        'puts( "#{ a }  b#{c}" )\nx = """\n   as it is\n  """\ny = 1\n',
        'puts("#{ a }  b#{c}")\nx = """\n   as it is\n  """\ny = 1\n',
    ),
    "semicolons": ("a()  ;b();  c()\nif x; y() else z() end\n", "a(); b(); c()\nif x; y() else z() end\n"),
    "comments": (
        "#!x\n\n\n# of f\n  # more\ndef f()\n# first\na() # behind\nb()    # far\n# last\nend\n   # end\n",
        "#!x\n\n# of f\n# more\ndef f()\n  # first\n  a() # behind\n  b()    # far\n  # last\nend\n# end\n",
    ),
    "empty lines": ("\n\na()\n\n\n\nb()   \n\n\n", "a()\n\nb()\n"),
    "line ends of another system": ("def f()\r\n\ta()\r\nend\r\n", "def f()\n  a()\nend\n"),
    "nothing": ("\n  \n", ""),
}


@pytest.mark.parametrize("case", CASES)
def test_how_lines_are_laid_out(case):
    before, after = CASES[case]
    assert laid_out(before) == after
    assert laid_out(after) == after


def test_every_source_keeps_its_tokens_and_is_laid_out_once_and_for_all():
    n_seen = 0
    for path in sorted((ROOT / "tests").rglob("*.qz")):
        tokens = tokens_of(path.read_bytes())
        if tokens is None:
            continue
        n_seen += 1
        text = formatted(tokens)
        again = tokens_of(text)
        assert again is not None, path
        assert meaning(again) == meaning(tokens), path
        assert formatted(again) == text, path
    assert n_seen > 250


@pytest.mark.parametrize("folder", ["std", "examples", "perf"])
def test_our_own_sources_are_laid_out(folder):
    for path in sorted((ROOT / folder).rglob("*.qz")):
        tokens = tokens_of(path.read_bytes())
        assert tokens is not None
        assert formatted(tokens) == path.read_bytes(), f"./x fmt {path}"
