"""How much of counting LLVM is given to inline: in large programs that was most of its work at -O2."""

import re
from pathlib import Path

from generate import write_program

from lowering.options import LoweringOptions
from lowering.pipeline import lower_to_llvm_text
from qz.driver.build import Build
from qz.driver.options import Options
from qz.driver.session import Session

_GIVEN_UP = re.compile(r"^  call void @rt\.count\$drop(?:_word)?\([^)]*\)( #4)?$", re.MULTILINE)


def test_three_of_five_values_at_least_are_given_up_by_calls(tmp_path: Path) -> None:
    build = Build(Session(Options(files=(str(write_program(40, 1, tmp_path)),))))
    assert build.load(build.session.options.files[0])
    options = LoweringOptions(release=True)
    texts = [lower_to_llvm_text(unit.module, options).text for unit in build.functions()]
    marks = [mark for text in texts for mark in _GIVEN_UP.findall(text)]
    assert len(marks) > 300
    assert marks.count("") / len(marks) < 0.4
