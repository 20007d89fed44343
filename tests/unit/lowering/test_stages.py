"""The stages of the IR: each function is legal at each of them, and the text of each parses back."""

from pathlib import Path

import pytest
from xdsl.parser import Parser

from dialects.registry import make_context
from lowering.legality import SPECS, IllegalStageError, verify_stage
from lowering.options import LoweringOptions
from lowering.pipeline import STAGES, load_pass, run_stages
from qz.driver.build import Build
from qz.driver.ir_text import module_text
from qz.driver.options import Options
from qz.driver.session import Session
from qz.driver.stages import STAGES as ALL_STAGES
from qz.driver.stages import Floor

ROOT = Path(__file__).resolve().parent.parent.parent.parent
TOUR = ROOT / "examples" / "tour.qz"
LAMBDAS = ROOT / "tests" / "run" / "programs" / "captures.qz"
VALUES = ROOT / "tests" / "run" / "programs" / "value_places.qz"


def parsed(text: str):
    return Parser(make_context(), text).parse_module()


@pytest.fixture(scope="module")
def texts() -> dict[str, list[str]]:
    """Every function of three programs at every stage, each verified against its stage on the way."""
    found: dict[str, list[str]] = {stage: [] for stage in STAGES}
    for source in (TOUR, LAMBDAS, VALUES):
        build = Build(Session(Options(files=(str(source),))))
        assert build.load(str(source))
        for unit in build.functions():
            run_stages(
                unit.module,
                STAGES[-1],
                after_stage=lambda stage, module: found[stage].append(module_text(module)),
                verify=True,
            )
        assert build.session.sink.diagnostics == []
    return found


def test_the_stages_of_the_ir_are_those_of_the_command_line():
    assert list(STAGES) == [stage.name for stage in ALL_STAGES.values() if stage.floor is Floor.IR]
    assert set(SPECS) == {*STAGES, "flat"}


@pytest.mark.parametrize("stage", STAGES)
def test_text_of_a_stage_parses_back_and_is_legal_there(stage, texts):
    assert len(texts[stage]) > 10
    for text in texts[stage]:
        module = parsed(text)
        assert module_text(module) == text
        verify_stage(module, stage)


@pytest.mark.parametrize("source", [TOUR, LAMBDAS, VALUES], ids=lambda path: path.stem)
def test_optimising_builds_are_legal_at_every_stage(source):
    build = Build(Session(Options(files=(str(source),))))
    assert build.load(str(source))
    for unit in build.functions():
        run_stages(unit.module, STAGES[-1], LoweringOptions(release=True), verify=True)


def test_no_lambda_is_left_in_qz_opt(texts):
    with_lambdas = [text for text in texts["qz"] if "qz.lambda" in text]
    assert with_lambdas
    for text in with_lambdas:
        with pytest.raises(IllegalStageError, match=r"qz\.lambda"):
            verify_stage(parsed(text), "qz-opt")


@pytest.mark.parametrize(("stage", "later"), [("qz", "cfg"), ("cfg", "rt"), ("rt", "llvm")])
def test_what_a_lowering_removes_is_illegal_behind_it(stage, later, texts):
    refused = 0
    for text in texts[stage]:
        try:
            verify_stage(parsed(text), later)
        except IllegalStageError:
            refused += 1
    # A body without control flow is as legal in `cfg` as in `qz`, but for its `qz.return`, if it returns.
    assert refused == sum("qz.return" in text or stage != "qz" for text in texts[stage])


def test_whole_values_are_illegal_behind_their_expansion(texts):
    with_values = [text for text in texts["qz-opt"] if "qz.value_new" in text]
    assert with_values
    for text in with_values:
        module = parsed(text)
        load_pass("to_cfg")(module, LoweringOptions())
        verify_stage(module, "flat")
        with pytest.raises(IllegalStageError, match=r"qz\.(value_new|struct)"):
            verify_stage(module, "cfg")
