"""Regular expressions against Python's, on what both mean the same by."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.program_files import execute, qz

PROGRAM = r"""
import { Regex } from regex
import std/io/stdin

# Lines in threes: what to do, a pattern, a text in which `\n` stands for a newline.
def main()
  lines = stdin::read_all().split("\n")
  for i in 0..lines.size / 3
    text = lines[3 * i + 2].replace("\\n", "\n")
    match Regex.new(lines[3 * i + 1])
      Err(reason) => puts(reason)
      Ok(regex) => puts(done(regex, lines[3 * i], text).replace("\n", "\\n"))
    end
  end
end

def done(regex: Regex, what: String, text: String): String
  match what
    "find" =>
      found = regex.find_all(text)
      fits = regex.fits?(text)
      assert_eq(fits, found.size > 0)
      [spans(m) for m in found].join(" ")
    "whole" => "#{regex.fits_all?(text)}"
    "split" => regex.split(text).join("|")
    _ => regex.replace(text, what)
  end
end

def spans(found: regex::Match): String
  parts = ["#{found.start}-#{found.stop}"]
  for number in 1..=found.n_groups()
    parts.push(match found.span(number)
      Some((start, stop)) => "#{start}-#{stop}"
      None => "no"
    end)
  end
  return parts.join(",")
end
"""

Ask = Callable[[list[tuple[str, str, str]]], list[str]]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Ask:
    folder = tmp_path_factory.mktemp("regex")
    (folder / "patterns.qz").write_text(PROGRAM)
    program = folder / "program"
    assert execute(qz("compile", folder / "patterns.qz", "-o", program), cache=cache) == (b"", 0, "")

    def answers(questions: list[tuple[str, str, str]]) -> list[str]:
        lines = [line.replace("\n", "\\n") for question in questions for line in question]
        done = execute([str(program)], stdin="\n".join(lines).encode())
        assert (done.status, done.errors) == (0, "")
        return done.output.decode().splitlines()

    return answers


def python_spans(pattern: str, text: str) -> str:
    def span(found: re.Match[str], number: int) -> str:
        start, stop = found.span(number)
        if start < 0:
            return "no"
        return f"{len(text[:start].encode())}-{len(text[:stop].encode())}"

    found = list(re.finditer(pattern.replace("(?<", "(?P<"), text, re.ASCII))
    return " ".join(",".join(span(m, n) for n in range(m.re.groups + 1)) for m in found)


def random_pattern(chosen: random.Random, depth: int) -> str:
    """A pattern in which nothing is repeated that fits nothing: engines differ in what groups then have."""
    if depth == 0:
        return chosen.choice(["a", "b", "c", "é", ".", "[ab]", "[^a]", "[b-é]", r"\w", r"\d", r"\S"])
    inner = random_pattern(chosen, depth - 1)
    match chosen.randrange(10):
        case 0:
            return f"({inner})"
        case 1 | 2:
            return inner + random_pattern(chosen, depth - 1)
        case 3:
            return f"(?:{inner}|{random_pattern(chosen, depth - 1)})"
        case 4:
            return f"({inner}|{random_pattern(chosen, depth - 1)})"
        case 5:
            return f"(?:{inner}){chosen.choice(['+', '+?', '{2}', '{1,3}', '{2,}?'])}"
        case 6:
            times = chosen.choice(["*", "*?", "?", "??", "{0,2}"])
            return f"(?:{inner}){times}{random_pattern(chosen, depth - 1)}"
        case 7:
            return chosen.choice([r"\b", "^", r"\B"]) + inner
        case 8:
            return f"{inner}$"
        case _:
            return inner


def test_random_patterns(ask: Ask) -> None:
    chosen = random.Random(3)
    questions = [
        (
            "find",
            random_pattern(chosen, chosen.randrange(5)),
            "".join(chosen.choices("aabbcé1 ", k=chosen.randrange(14))),
        )
        for _ in range(1500)
    ]
    assert ask(questions) == [python_spans(pattern, text) for _, pattern, text in questions]


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("a*", "aab a"),
        ("a*?", "aab"),
        ("|a", "aba"),
        (r"^\s*(\w+)\s*=\s*(.*)$", "  key = some value"),
        (r"(?m)^(\w+)$", "one\ntwo\n\nthree four\nfive"),
        (r"(?s)<.*?>", "<a\nb> <c>"),
        (r"<[^>]*>", "<a\nb> <c>"),
        (r"(?i)grüße|[k-m]+", "GRüßE KLM klm"),
        (r"(?i:a)b|C", "Ab AB C"),
        (r"(?<year>\d{4})-(?<month>\d\d)", "2024-02 x 1999-12"),
        (r"[]a^-]+[^]b]", "]a-^c"),
        (r"[\d\-x]+|[\W]", "1-x2 é"),
        (r"\x41\u00e9\t\.\$", "xAé\t.$"),
        (r"\bfoo\b|\Boo", "foo food xfoo"),
        (r"(a)|(b)|(?:c)", "abc"),
        (r"((a)|b)+", "abab"),
        (r"x{3}y{0}z{2,3}", "xxxzzzz"),
        (r"(?:)", "ab"),
        (r"\Aab|b", "abab"),
        (r"(?:ab|cd)+e?", "abcdabe cd"),
        (r"[😀-😂]+.", "x😁😂é"),
    ],
)
def test_patterns(ask: Ask, pattern: str, text: str) -> None:
    assert ask([("find", pattern, text)]) == [python_spans(pattern, text)]


def test_more_states_than_are_kept(ask: Ask) -> None:
    pattern = "(?:a|b)*a((?:a|b){9})(c?)"
    text = "".join(random.Random(5).choices("ab", k=3000))
    assert ask([("find", pattern, text)]) == [python_spans(pattern, text)]


def test_the_rest(ask: Ask) -> None:
    assert ask(
        [
            *(("whole", "a|ab", text) for text in ("ab", "abc", "a", "")),
            ("split", r"\s*,\s*", "a , b,,c"),
            ("split", "", "abc"),
            ("<$1$$${x}>", r"(\w)(?<x>\w)?", "ab c"),
            ("$0$0", "[aeiou]", "quartz"),
        ]
    ) == [*("true", "false", "true", "false"), "a|b||c", "|a|b|c|", "<a$b> <c$>", "quuaartz"]


def test_the_time_grows_with_the_text_only(ask: Ask) -> None:
    many = "a" * 2000
    assert ask(
        [
            ("find", "(a+)+$", many + "b"),
            ("find", "(.*)(.*)(.*)(.*)x", many),
            ("whole", "(?:a|aa)+", many),
            ("whole", "(a?){30}a{30}", "a" * 30),
        ]
    ) == ["", "", "true", "true"]


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("a(b", "a `)` is missing, at character 4 of the pattern"),
        ("a)b", "a `)` closes nothing, at character 2 of the pattern"),
        ("*a", "nothing is there to be repeated, at character 1 of the pattern"),
        ("a|+", "nothing is there to be repeated, at character 3 of the pattern"),
        ("a**", "a repetition is repeated, at character 4 of the pattern"),
        ("^*", "nothing is there to be repeated, at character 3 of the pattern"),
        ("[a", "a `]` is missing, at character 3 of the pattern"),
        ("[b-a]", "a range ends before it begins, at character 5 of the pattern"),
        ("a{2,1}", "a repetition of less than nothing, at character 7 of the pattern"),
        ("a{1001}", "a repetition of more than 1000, at character 8 of the pattern"),
        ("a{2", "a `}` is missing, at character 4 of the pattern"),
        ("(?:(?:(?:a{99}){99}){99}){99}", "the pattern takes more than 50000 instructions"),
        ("(?<x>a)(?<x>b)", "two groups are named `x`, at character 13 of the pattern"),
        ("(?=a)", "no such group is known, at character 3 of the pattern"),
        (r"\q", r"`\q` means nothing, at character 2 of the pattern"),
        (r"(a)\1", r"`\1` means nothing, at character 5 of the pattern"),
        ("a\\", r"nothing is behind the `\`, at character 3 of the pattern"),
        (r"\x4", "digits of a character are missing, at character 4 of the pattern"),
        (r"\x{110000}", "there is no such character, at character 11 of the pattern"),
        ("(" * 300, "groups in groups go too deep, at character 202 of the pattern"),
    ],
)
def test_patterns_that_are_none(ask: Ask, pattern: str, reason: str) -> None:
    assert ask([("find", pattern, "")]) == [reason]
