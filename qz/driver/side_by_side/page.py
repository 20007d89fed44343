"""The page: a template with the texts of every stage in it. It needs nothing but a browser."""

import json
from pathlib import Path

from qz.driver.side_by_side.gathering import Shown
from qz.driver.side_by_side.texts import StageText
from qz.driver.stages import STAGES

_TEMPLATE = Path(__file__).with_name("page.html")
_DATA = "/* data */null"
_TITLE = "<!-- title -->"


def page(path: str, sources: dict[str, str], functions: list[Shown]) -> str:
    """The page of a program; ``sources`` are the files that the functions stand in."""
    data = {
        "stages": [{"name": stage.name, "summary": stage.summary} for stage in STAGES.values()],
        "files": {name: text.splitlines() for name, text in sources.items()},
        "functions": [_function(shown) for shown in functions],
    }
    # Inside a script, nothing may look like its end.
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    template = _TEMPLATE.read_text(encoding="utf-8")
    name = Path(path).name.replace("&", "&amp;").replace("<", "&lt;")
    return template.replace(_TITLE, name).replace(_DATA, text)


def _function(shown: Shown) -> dict[str, object]:
    return {
        "name": shown.symbol,
        "file": shown.path,
        "first": shown.first_line,
        "last": shown.last_line,
        "stages": {name: _stage(text) for name, text in shown.stages.items()},
    }


def _stage(text: StageText) -> dict[str, object]:
    return {
        "lines": text.lines,
        "at": text.sources,
        "parts": text.n_parts,
        "bytes": text.n_bytes,
        "us": text.microseconds,
    }
