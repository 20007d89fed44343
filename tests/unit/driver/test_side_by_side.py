"""`dump-ir --html`: every stage on one page, and which line of the source each of its lines comes from."""

import json
import re
from pathlib import Path

import pytest

from qz.driver.stages import STAGES
from tests.program_files import execute, qz

PROGRAM = """\
def area(width: Int, height: Int): Int
  doubled = width + width
  return doubled * height
end

def main()
  puts("<b>#{area(3, 4)}</b>")
end
"""
SUM, PRODUCT = 2, 3  # lines


@pytest.fixture
def rooms(tmp_path: Path) -> Path:
    path = tmp_path / "rooms.qz"
    path.write_text(PROGRAM)
    return path


def data_of(page: str) -> dict:
    """What the page's script knows."""
    return json.loads(re.search(r"const data = (.*);\n", page)[1])


def lines_from(stage: dict, line: int) -> str:
    """All that a line of the source became."""
    return "\n".join(text for text, at in zip(stage["lines"], stage["at"], strict=True) if at == line)


@pytest.fixture(scope="module")
def page(cache, tmp_path_factory) -> str:
    rooms = tmp_path_factory.mktemp("page") / "rooms.qz"
    rooms.write_text(PROGRAM)
    out = rooms.with_suffix(".html")
    assert execute(qz("dump-ir", rooms, "--html", out, "-g"), cache=cache) == (b"", 0, "")
    return out.read_text()


def test_every_function_is_there_at_every_stage(page):
    functions = {function["name"]: function for function in data_of(page)["functions"]}
    assert set(functions) == {"rooms$area", "rooms$main"}
    area = functions["rooms$area"]
    assert set(area["stages"]) == set(STAGES)
    assert (area["first"], area["last"]) == (1, 4)
    operations = area["stages"]["qz"]
    assert operations["parts"] == sum(line.strip() != "}" for line in operations["lines"])


@pytest.mark.parametrize(
    ("stage", "sum_", "product"),
    [
        ("tokens", "PLUS", "STAR"),
        ("ast", "ADD", "MUL"),
        ("typed", "ADD", "MUL"),
        ("qz", "qz.add", "qz.mul"),
        ("cfg", "qz.add", "qz.mul"),
        ("rt", "qzrt.add_checked", "qzrt.mul_checked"),
        ("llvm", "sadd.with.overflow", "smul.with.overflow"),
        ("llvm-ir", "sadd.with.overflow", "smul.with.overflow"),
        ("llvm-opt", "sadd.with.overflow", "smul.with.overflow"),
    ],
)
def test_lines_know_where_they_come_from(page, stage, sum_, product):
    area = next(function for function in data_of(page)["functions"] if function["name"] == "rooms$area")
    found = area["stages"][stage]
    assert sum_ in lines_from(found, SUM)
    assert sum_ not in lines_from(found, PRODUCT)
    assert product in lines_from(found, PRODUCT)


def test_assembly_knows_its_lines_and_shows_no_directives(page):
    area = next(function for function in data_of(page)["functions"] if function["name"] == "rooms$area")
    assembly = area["stages"]["asm"]
    assert re.search(r"\bi?mul", lines_from(assembly, PRODUCT))
    assert not re.search(r"^\s*\.(loc|cfi|size)", "\n".join(assembly["lines"]), re.MULTILINE)


def test_text_of_the_program_cannot_end_the_script(page):
    assert "</b>" not in page
    assert "</b>" in data_of(page)["files"][next(iter(data_of(page)["files"]))][6]


def test_one_function(rooms, cache):
    shown = execute(qz("dump-ir", rooms, "--html", "-", "--function", "area"), cache=cache)
    assert [function["name"] for function in data_of(shown.output.decode())["functions"]] == ["rooms$area"]


def test_a_function_that_is_not_there(rooms, cache, tmp_path):
    out = tmp_path / "rooms.html"
    missing = execute(qz("dump-ir", rooms, "--html", out, "--function", "soul"), cache=cache)
    assert (missing.output, missing.status) == (b"", 2)
    assert not out.exists()


def test_errors_write_nothing(rooms, cache, tmp_path):
    rooms.write_text(PROGRAM.replace("height: Int", "height: String"))
    out = tmp_path / "rooms.html"
    assert execute(qz("dump-ir", rooms, "--html", out), cache=cache).status == 1
    assert not out.exists()
