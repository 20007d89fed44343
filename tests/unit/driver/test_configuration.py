"""What `@cfg` is answered from, and that features select declarations, in the cache as well."""

import os
import sys

import pytest

from qz.diagnostics.model import Severity
from qz.driver.build import Build
from qz.driver.configuration import configuration_of
from qz.driver.options import Options
from qz.driver.session import Session
from tests.program_files import execute, qz

SOURCE = """\
@cfg(feature: "loud")
import std/math

@cfg(feature: "loud")
def greeting(): String = "HELLO"

@cfg(feature: "quiet") @cfg(feature: "polite")
def greeting(): String = "good evening"

def main()
  puts(greeting())
end
"""


@pytest.mark.parametrize(
    ("triple", "expected"),
    [
        ("x86_64-pc-linux-gnu", ("linux", "x86_64")),
        ("aarch64-linux-gnu", ("linux", "aarch64")),
        ("arm64-apple-darwin23.1.0", ("macos", "aarch64")),
        ("x86_64-apple-macosx14.0", ("macos", "x86_64")),
        ("x86_64-pc-windows-msvc", ("windows", "x86_64")),
        ("wasm32-unknown-unknown", ("none", "wasm32")),
        ("riscv64", ("none", "riscv64")),
    ],
)
def test_system_and_processor_are_those_of_the_target(triple, expected):
    found = configuration_of(Options(target=triple))
    assert (found.os, found.arch) == expected


def test_without_a_target_they_are_those_of_the_machine():
    found = configuration_of(Options(features=("a", "b")))
    assert found.os == sys.platform
    assert found.arch == os.uname().machine
    assert found.features == {"a", "b"}


def declared(tmp_path, *features):
    """The lines of the functions that exist, whether the import does, and the codes of the errors."""
    path = tmp_path / "main.qz"
    path.write_text(SOURCE)
    session = Session(Options(files=(str(path),), features=features))
    build = Build(session)
    assert build.load(str(path))
    build.check_all()
    assert build.main_module is not None
    source = build.main_module.source
    lines = [source.line_of(function.span.start) for function in build.main_module.functions]
    modules = {module.name for module in build.program.modules.values()}
    errors = [found.code for found in session.sink.diagnostics if found.severity is Severity.ERROR]
    return lines, "math" in modules, errors


def test_features_select_declarations_and_imports(tmp_path):
    assert declared(tmp_path, "loud") == ([5, 10], True, [])
    assert declared(tmp_path, "quiet", "polite") == ([8, 10], False, [])
    # Both must hold, and without either nothing has that name.
    assert declared(tmp_path, "quiet") == ([10], False, ["QZ0302"])
    assert declared(tmp_path, "loud", "quiet", "polite")[2] == ["QZ0305"]


def test_programs_of_other_features_are_other_programs_in_the_cache(tmp_path, cache):
    path = tmp_path / "main.qz"
    path.write_text(SOURCE)
    loud = qz("run", path, "--feature", "loud")
    evening = qz("run", path, "--feature", "polite", "--feature", "quiet")
    outputs = [execute(command, cache=cache).output for command in (loud, evening, loud, evening)]
    assert outputs == [b"HELLO\n", b"good evening\n"] * 2
