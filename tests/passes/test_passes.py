"""Each file of a pass's folder: operations in, the pass run on them, and the lines it must print.

The first line names the passes to run, the last of which is the one under test (a folder with files that
lack it has a test module of its own). What goes in must be legal
in the stage the passes start from, what comes out in the stage they lead to.
"""

from io import StringIO
from pathlib import Path

import pytest
from filecheck.matcher import Matcher
from filecheck.options import Options
from xdsl.dialects.builtin import ModuleOp
from xdsl.parser import Parser
from xdsl.printer import Printer

from dialects.registry import make_context
from lowering.legality import verify_stage
from lowering.options import DEFAULT_OPTIONS
from lowering.pipeline import PASSES, load_pass

HERE = Path(__file__).parent
FILES = sorted(path for path in HERE.glob("*/*.mlir") if path.read_text().startswith("// RUN: "))

STARTS_FROM = {
    "to_closures": "qz",
    "settle_variables": "qz",
    "fold_constants": "qz",
    "eliminate_dead": "qz",
    "peel_partitions": "qz-opt",
    "version_loops": "qz-opt",
    "to_cfg": "qz",
    "expand_values": "flat",
    "split_generators": "flat",
    "dissolve_blocks": "cfg",
    "to_owned": "cfg",
    "elide_owns": "cfg",
    "lend_to_variables": "cfg",
    "mark_borrows": "cfg",
    "insert_counts": "cfg",
    "own_in_place": "cfg",
    "extend_in_place": "cfg",
    "move_from_variables": "cfg",
    "cancel_counts": "cfg",
    "place_blocks": "cfg",
    "give_up_early": "cfg",
    "reuse_blocks": "cfg",
    "spread_checks": "cfg",
    "to_bare": "cfg",
    "bound_indices": "cfg",
    "place_vectors": "cfg",
    "to_rt": "cfg",
    "to_llvm": "rt",
    "unroll_recursion": "llvm",
}
LEADS_TO = {
    **STARTS_FROM,
    **dict.fromkeys(("to_closures", "settle_variables", "fold_constants", "eliminate_dead"), "qz-opt"),
    "to_cfg": "flat",
    **dict.fromkeys(("expand_values", "split_generators"), "cfg"),
    "to_rt": "rt",
    "to_llvm": "llvm",
}
"""Most passes stay on their stage."""


def passes_of(text: str) -> list[str]:
    first = text.splitlines()[0]
    assert first.startswith("// RUN: ")
    return first.removeprefix("// RUN: ").split()


def run_passes(text: str) -> ModuleOp:
    names = passes_of(text)
    module = Parser(make_context(), text).parse_module()
    verify_stage(module, STARTS_FROM[names[0]])
    for name in names:
        load_pass(name)(module, DEFAULT_OPTIONS)
        verify_stage(module, LEADS_TO[name])
    return module


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_pass_prints_what_is_expected(path: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text = path.read_text()
    assert passes_of(text)[-1] == path.parent.name
    assert "CHECK" in text
    module = run_passes(text)
    out = StringIO()
    Printer(out).print_op(module)
    result = tmp_path / "result.mlir"
    result.write_text(out.getvalue() + "\n")
    status = Matcher.from_opts(Options(match_filename=str(path), input_file=str(result))).run()
    assert status == 0, capfd.readouterr()


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_result_reads_back(path: Path) -> None:
    module = run_passes(path.read_text())
    out = StringIO()
    Printer(out).print_op(module)
    again = StringIO()
    Printer(again).print_op(Parser(make_context(), out.getvalue()).parse_module())
    assert again.getvalue() == out.getvalue()


def test_every_pass_has_a_folder() -> None:
    assert {path.parent.name for path in HERE.glob("*/*.mlir")} == set(PASSES)
