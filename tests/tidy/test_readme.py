"""README's table of stages is the compiler's."""

from __future__ import annotations

import re

from qz.driver.stages import STAGES
from tests.tidy.project_files import ROOT


def test_every_stage_has_its_row() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w[\w-]*)` \|", readme, re.MULTILINE)
    assert rows == list(STAGES)
