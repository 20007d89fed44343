"""Looking at a compilation: stages, passes, memory."""

import json
import re

import pytest

from qz.driver.stages import STAGES
from tests.program_files import execute, qz

# The lines of --memory-stats, as other tools read them.
DOCUMENTED = (
    *("init", "lex", "parse", "resolve_pass1", "resolve_pass2", "resolve", "typecheck", "tc_free"),
    *("irgen", "lower", "codegen", "link"),
)


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_can_be_shown_and_names_the_function(stage, source, cache):
    done = execute(qz("dump-ir", source, "--stage", stage), cache=cache)
    assert (done.status, done.errors) == (0, "")
    assert b"double" in done.output


@pytest.mark.parametrize("stage", [stage for stage in STAGES if stage != "tokens"])
def test_a_stage_of_one_function(stage, source, cache):
    done = execute(qz("dump-ir", source, "--stage", stage, "--function", "double"), cache=cache)
    assert done.status == 0
    assert b"double" in done.output
    assert b"main" not in done.output.replace(b"small$main", b"")


@pytest.mark.parametrize("stage", ["typed", "rt", "asm"])
def test_a_function_that_is_not_there(stage, source, cache):
    missing = execute(qz("dump-ir", source, "--stage", stage, "--function", "soul"), cache=cache)
    assert (missing.output, missing.status) == (b"", 2)
    assert "soul" in missing.errors


@pytest.mark.parametrize("stage", ["qz", "qz-opt", "cfg", "rt", "llvm"])
def test_the_ir_stages_are_those_of_the_passes(stage):
    from lowering.pipeline import STAGES as IR_STAGES

    assert stage in IR_STAGES
    assert len(IR_STAGES) == 5


def test_passes_are_shown_saved_and_verified(source, cache, tmp_path):
    folder = tmp_path / "dump"
    command = qz("compile", source, "--verify-each", "--print-after", "to_cfg", "--dump-dir", folder)
    done = execute([*command, "-o", str(tmp_path / "out")], cache=cache)
    assert done.status == 0
    assert "// after to_cfg: small$double" in done.errors
    assert "// after to_rt" not in done.errors
    names = [path.name for path in folder.glob("small$double.*")]
    names.sort(key=lambda name: int(name.split(".")[1]))
    assert names[0] == "small$double.0.qz.mlir"
    assert names[-1].endswith("llvm-ir.ll")
    assert execute([str(tmp_path / "out")]).status == 5


def test_fuel_stops_a_pass_after_so_many_functions(tmp_path, cache):
    path = tmp_path / "folds.qz"
    path.write_text('def f(): Int = 20 + 22\n\ndef main\n  puts("#{f()} #{1 + 1}")\nend\n')
    spent = execute(qz("dump-ir", path, "--stage", "qz-opt", "--fuel", "fold_constants=0"), cache=cache)
    enough = execute(qz("dump-ir", path, "--stage", "qz-opt", "--fuel", "fold_constants=99"), cache=cache)
    assert b"qz.add" in spent.output
    assert b"qz.add" not in enough.output


@pytest.mark.parametrize("stage", ["ast", "qz", "cfg", "llvm-ir", "asm"])
def test_stopping_early_succeeds_and_writes_nothing(stage, source, cache, tmp_path):
    out = tmp_path / "out"
    done = execute(qz("compile", source, "--stop-after", stage, "-o", out), cache=cache)
    assert done == (b"", 0, "")
    assert not out.exists()


def test_memory_statistics_have_their_documented_shape(source, cache, tmp_path):
    done = execute(qz("compile", source, "--memory-stats", "-o", tmp_path / "out"), cache=cache)
    assert done.output == b""
    lines = done.errors.splitlines()
    names = [re.fullmatch(r"\[mem\] (\w+): \d+ MB \([+-]\d+\) \(\d+ms\)", line) for line in lines[:12]]
    assert tuple(match and match[1] for match in names) == DOCUMENTED
    assert re.match(r"\[mem\] peak: \d+ MB", lines[12])
    assert re.fullmatch(r"\[mem\] functions: \d+, arena nodes: \d+, operations: \d+", lines[13])


def test_times_are_those_of_what_was_done(cache, tmp_path):
    path = tmp_path / "edited.qz"

    def entered(text: str) -> dict[str, int]:
        path.write_text(text)
        done = execute(qz("compile", path, "--time-passes", "-o", tmp_path / "out"), cache=cache)
        found = re.findall(r"^\[time\] +([^:]+): .* entered (\d+)x\)$", done.errors, re.MULTILINE)
        assert (done.output, done.status) == (b"", 0)
        return {name: int(n) for name, n in found}

    text = "".join(f"def f{i}(n: Int): Int = n + {i}\n" for i in range(20))
    text += "def main(): Int = " + " + ".join(f"f{i}(0)" for i in range(20)) + "\n"
    anew = entered(text)
    edited = entered(text.replace("n + 7\n", "n + 70\n"))
    again = entered(text.replace("n + 7\n", "n + 70\n"))
    assert anew["lower"] >= 21
    assert (edited["irgen"], edited["lower"]) == (1, 1)
    assert set(again) == {"init", "link", "driver"}


def test_memory_report_adds_up(source, cache):
    done = execute(qz("mem-report", source, "--json"), cache=cache)
    assert done.status == 0
    report = json.loads(done.output)
    parts = report["parts"]
    assert abs(sum(parts.values()) - report["peak"]) < report["peak"] * 0.02
    assert parts["unexplained"] < report["peak"] * 0.05
    assert report["explained"] >= 0.95
    assert list(report["start"]) == ["Python", "LLVM", "numpy", "xDSL", "compiler"]
    assert {"small$main", "small$double"} <= {row["name"] for row in report["functions"]}
    assert sum(row["ir_bytes"] for row in report["functions"]) == sum(
        row["size"] for row in report["operations"]
    )
    assert execute(qz("mem-report", source, "--fail-over", "1MB"), cache=cache).status == 1
    assert execute(qz("mem-report", source, "--fail-over", "1GB"), cache=cache).status == 0


def test_a_trace_has_the_phases_of_functions_and_the_steps_of_units(source, cache, tmp_path):
    words = ("--no-cache", "--trace", tmp_path / "t.json", "-o", tmp_path / "out")
    done = execute(qz("compile", source, *words), cache=cache)
    assert (done.output, done.status, done.errors) == (b"", 0, "")
    events = json.loads((tmp_path / "t.json").read_text())["traceEvents"]
    lanes = {event["tid"]: event["args"]["name"] for event in events if event["ph"] == "M"}
    spans = [event for event in events if event["ph"] == "X"]
    ours = [span for span in spans if lanes[span["tid"]] == "compiler"]
    workers = [span for span in spans if lanes[span["tid"]].startswith("LLVM worker")]
    assert len(ours) + len(workers) == len(spans)
    names = {span["name"] for span in ours}
    assert {"init", "lex", "typecheck", "irgen", "lower", "pass to_cfg", "codegen", "link"} <= names
    assert {"parse", "optimise", "emit"} <= {span["name"] for span in workers}
    assert "small$double" in {span["args"].get("function") for span in ours if span["name"] == "typecheck"}
    assert nest([(span["ts"], span["ts"] + span["dur"]) for span in ours])


def nest(spans: list[tuple[float, float]]) -> bool:
    """Whether any two of them are one in the other or one behind the other, but for rounding."""
    open_ends: list[float] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        while open_ends and open_ends[-1] <= start + 0.2:
            open_ends.pop()
        if open_ends and end > open_ends[-1] + 0.2:
            return False
        open_ends.append(end)
    return True


def test_a_trace_that_cannot_be_written_is_an_error(source, cache, tmp_path):
    done = execute(qz("check", source, "--trace", tmp_path / "none" / "t.json"), cache=cache)
    assert done.status == 1
    assert "QZ9002" in done.errors


def test_the_code_of_generics_is_told_by_shape_and_by_type(cache, tmp_path):
    source = tmp_path / "generics.qz"
    source.write_text(
        "@specialize\n"
        "def first<T>(items: Vec<T>): T = items[0]\n"
        "def last<T>(items: Vec<T>): T = items[items.size - 1]\n"
        "def main()\n"
        '  puts("#{first(["a"])} #{first([[1]])} #{last(["a"])} #{last([[1]])} #{last([1])}")\n'
        "end\n"
    )
    report = json.loads(execute(qz("mem-report", source, "--json"), cache=cache).output)
    rows = {row["name"]: row for row in report["generics"]}
    assert (rows["generics$first"]["n_shared"], rows["generics$first"]["n_own"]) == (0, 2)
    assert (rows["generics$last"]["n_shared"], rows["generics$last"]["n_own"]) == (1, 1)
    assert rows["generics$first"]["own_bytes"] > 0
    assert rows["generics$last"]["shared_bytes"] > 0


@pytest.mark.parametrize("words", [("--print-after", "soul"), ("--fuel", "soul=1")])
def test_a_pass_that_is_not_there_is_an_error(words, source, cache):
    done = execute(qz("compile", source, "--stop-after", "ast", *words), cache=cache)
    assert done.status == 1
    assert "error[QZ9007]: there is no pass `soul`" in done.errors
