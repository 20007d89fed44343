"""Specs: what runs in which order, what counts, and what is said of it in the end."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.program_files import Behaviour, execute, qz

HEADS = ("import * from qspec", "import qspec", "import qspec/runner\nimport qspec/matchers")


def spec(
    folder: Path, cache: Path, body: str, head: str = HEADS[0], end: str = "return qspec_main()"
) -> Behaviour:
    path = folder / "a_spec.qz"
    path.write_text(f"{head}\n\ndef main(): Int\n{body}  {end}\nend\n")
    done = execute(qz("run", path), cache=cache)
    return done._replace(output=done.output.replace(f"{folder}/".encode(), b""))


STACK = """\
  describe("a stack") do ->
    it("gives back what was pushed") do -> expect([1, 2].pop()).to_eq(Some(2)) end
    context("that is empty") do ->
      it("has nothing") do ->
        empty: Vec<Int> = []
        expect(empty.pop()).to_eq(Some(1))
      end
      it_pending("grows")
    end
    xit("is thread-safe") do -> panic("not run") end
  end
"""

STACK_SAYS = """\
a stack
  gives back what was pushed ... ok
  that is empty
    has nothing ... FAILED
    grows ... pending
  is thread-safe ... skipped: by `xit`

Failures:

  a stack that is empty has nothing
    expected Some(1), got None
      at a_spec.qz:{line}:15

1 passed, 1 failed, 1 skipped, 1 pending
"""


@pytest.mark.parametrize("head", HEADS)
def test_groups_and_examples(tmp_path: Path, cache: Path, head: str) -> None:
    done = spec(tmp_path, cache, STACK, head)
    assert done.output.decode() == STACK_SAYS.format(line=9 + head.count("\n"))
    assert (done.status, done.errors) == (1, "")


def test_hooks_run_around_each_example_and_after_failures_too(tmp_path: Path, cache: Path) -> None:
    body = """\
  var log = ""
  describe("outer") do ->
    before { log += "b" }
    after { log += "a" }
    it("one") do -> log += "1" end
    describe("inner") do ->
      before { log += "B" }
      after { log += "A" }
      it("two") do -> panic("fails") end
      it("three") do -> log += "3" end
    end
    it("four") do -> log += "4" end
  end
  puts(log)
"""
    done = spec(tmp_path, cache, body)
    assert "b1a" + "bBAa" + "bB3Aa" + "b4a" in done.output.decode().splitlines()


def test_hooks_that_fail_fail_the_example(tmp_path: Path, cache: Path) -> None:
    body = """\
  describe("one") do ->
    before(-> panic("before all"))
    it("is not run") do -> puts("never") end
  end
  describe("two") do ->
    after(-> panic("after all"))
    it("runs") do -> puts("runs") end
  end
  before(-> puts("of no group"))
"""
    done = spec(tmp_path, cache, f'  describe("all") do ->\n{body}  end\n', end="return qspec_main()")
    shown = done.output.decode().splitlines()
    assert "never" not in shown
    assert "runs" in shown
    assert [line.strip() for line in shown if "FAILED" in line] == [
        "is not run ... FAILED",
        "runs ... FAILED",
    ]
    assert "0 passed, 2 failed" in shown


def test_from_the_first_focused_example_on_only_those_run_and_count(tmp_path: Path, cache: Path) -> None:
    body = """\
  describe("a") do ->
    it("before") do -> panic("fails") end
    fit("this") do -> expect(1).to_eq(1) end
    it("behind") do -> puts("never") end
  end
  fdescribe("b") do ->
    it("that") do -> expect(1).to_eq(2) end
  end
"""
    done = spec(tmp_path, cache, body)
    shown = done.output.decode().splitlines()
    assert "never" not in shown
    assert shown[-1] == "1 passed, 1 failed, of those in focus"
    assert done.status == 1


def test_examples_and_groups_can_be_skipped_from_inside(tmp_path: Path, cache: Path) -> None:
    body = """\
  describe("a") do ->
    it("needs") do ->
      skip_unless(1 < 2, "never said")
      skip_unless(1 > 2, "too small")
      panic("not reached")
    end
    describe("group") do ->
      skip_test("no network")
      it("downloads") do -> panic("not reached") end
    end
    xdescribe("broken") do -> it("works") do -> panic("not reached") end end
  end
"""
    done = spec(tmp_path, cache, body)
    skipped = [line.strip() for line in done.output.decode().splitlines() if "skipped" in line]
    assert skipped == [
        "needs ... skipped: too small",
        "group ... skipped: no network",
        "works ... skipped: by `xdescribe`",
        "0 passed, 0 failed, 3 skipped",
    ]
    assert done.status == 0


def test_code_between_examples_that_fails_is_a_failure_of_the_group(tmp_path: Path, cache: Path) -> None:
    body = """\
  describe("a") do ->
    it("runs") do -> expect(1).to_eq(1) end
    values = [1]
    puts("#{values[values.size]}")
    it("does not") do -> puts("never") end
  end
  describe("b") do -> it("runs too") do -> expect(2).to_eq(2) end end
"""
    done = spec(tmp_path, cache, body)
    assert "a ... FAILED" in done.output.decode().splitlines()
    assert done.output.decode().splitlines()[-1] == "2 passed, 1 failed"


@pytest.mark.parametrize(
    ("end", "status"), [("return 0", 1), ("exit(0)", 1), ("exit(7)", 1), ("return qspec_main() + 5", 6)]
)
def test_who_forgets_the_summary_gets_it_all_the_same(
    tmp_path: Path, cache: Path, end: str, status: int
) -> None:
    body = '  describe("a") do -> it("fails") do -> panic("odd") end end\n'
    done = spec(tmp_path, cache, body, end=end)
    assert done.output.decode().splitlines()[-1] == "0 passed, 1 failed"
    assert done.output.count(b"Failures:") == 1
    assert done.status == status


def test_no_status_says_that_all_is_well_where_256_failed(tmp_path: Path, cache: Path) -> None:
    loop = '    for n in 0..256\n      it("#{n}") do -> panic("odd") end\n    end\n'
    body = f'  describe("a") do ->\n{loop}  end\n'
    done = spec(tmp_path, cache, body)
    assert done.output.decode().splitlines()[-1] == "0 passed, 256 failed"
    assert done.status == 255


def test_specs_are_tests(tmp_path: Path, cache: Path) -> None:
    path = tmp_path / "a_spec.qz"
    path.write_text(f"{HEADS[0]}\n\ndef main(): Int\n{STACK}  return qspec_main()\nend\n")
    done = execute(qz("test", path), cache=cache)
    shown = done.output.decode().splitlines()
    assert shown[0] == f"{path}: main ... FAILED"
    assert shown[2] == f"{path}:3: main: exit status 1"
    assert "      expected Some(1), got None" in [line[2:] for line in shown]
    assert done.status == 1


def test_programs_as_examples(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    hello, wrong = '"def main() = puts(\\"hi\\")"', '"def main() = puts(1)"'
    lines = [
        f"assert_compile_succeeds({hello})",
        f"assert_compile_succeeds({wrong})",
        f"assert_compile_fails({hello})",
        f"assert_compile_fails({wrong})",
        f'assert_compile_error({wrong}, "QZ0400")',
        f'assert_compile_error({wrong}, "QZ0401")',
        'assert_compile_warning("def main()\\n  x = 1\\nend", "QZ7001")',
        f'assert_ir_contains({hello}, "main$main")',
        f'assert_ir_not_contains({hello}, "main$main")',
        f'assert_run_prints({hello}, "hi\\n")',
        f'assert_run_prints({hello}, "ho\\n")',
        'assert_run_exits("def main(): Int = 3", 3)',
        'assert_run_exits("def main(): Int = 3", 4)',
        'assert_run_panics("def main() = panic(\\"odd\\")", "odd")',
        'assert_run_panics("def main() = panic(\\"odd\\")", "even")',
        'assert_run_stderr_contains("def main() = eputs(\\"hi\\")", "hi")',
        'assert_compile_error_with_fixtures("import a/b\\ndef main() = f()", '
        '{"a/b.qz" => "def f(n: Int) = n"}, "QZ0200")',
        f'assert_compile_errors([{wrong}, {wrong}], "QZ0400")',
        f'assert_compile_errors([{wrong}, "def main("])',
        f"assert_compile_errors([{wrong}, {hello}])",
    ]
    body = "".join(f'    it("{n}") do -> {line} end\n' for n, line in enumerate(lines))
    head = "import qspec/runner\nimport qspec/subprocess"
    done = spec(tmp_path, cache, f'  describe("a") do ->\n{body}  end\n', head)
    failed = [int(line.split()[0]) for line in done.output.decode().splitlines() if "FAILED" in line]
    assert failed == [1, 2, 5, 8, 10, 12, 14, 19]
    assert "error[QZ0400]: this is `Int`, expected `String`" in done.output.decode()
    assert 'expected "ho\\n", got "hi\\n"' in done.output.decode()
    assert not list(tmp_path.glob("_qspec_sub_*"))
