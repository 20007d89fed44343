"""Programs run inside this process: arguments, streams, signals and backtraces are a real program's."""

import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from qz.codegen.jit import load
from qz.codegen.library import LlvmError
from qz.codegen.machine import Machine, host
from qz.codegen.module import Module
from qz.codegen.profiles import PROFILES

from .llvm_text import CALLS_OTHER_UNIT, READS_ARGUMENTS, RETURNS_SEVEN, TWICE, WALKS_ITS_STACK

_RUNNER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from qz.codegen import jit
    objects = [Path(name).read_bytes() for name in sys.argv[1].split(",")]
    print("before", flush=False)
    jit.run(jit.load(objects), [word.encode() for word in sys.argv[2:]])
    """
)


def build(tmp_path: Path, *texts: bytes, profile: str = "dev") -> str:
    names: list[str] = []
    for number, text in enumerate(texts):
        with Machine(host(), PROFILES[profile].codegen_level) as machine, Module(text) as module:
            module.prepare(host().triple, machine)
            module.optimise(machine, PROFILES[profile])
            path = tmp_path / f"{number}.o"
            path.write_bytes(module.object_code(machine))
            names.append(str(path))
    return ",".join(names)


def run(objects: str, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", _RUNNER, objects, "program", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_the_status_is_what_main_returns(tmp_path, profile):
    assert run(build(tmp_path, RETURNS_SEVEN, profile=profile)).returncode == 7


def test_arguments_reach_main(tmp_path):
    done = run(build(tmp_path, READS_ARGUMENTS), "x", "A")
    assert done.returncode == (10 * ord("A") + 3) % 256


def test_objects_find_each_other(tmp_path):
    assert run(build(tmp_path, CALLS_OTHER_UNIT, TWICE)).returncode == 42


def test_a_missing_symbol_is_refused_by_name(tmp_path):
    image = Path(build(tmp_path, CALLS_OTHER_UNIT)).read_bytes()
    with pytest.raises(LlvmError, match="twice"):
        load([image])


@pytest.mark.parametrize("profile", ["dev", "O0", "O2"])
def test_the_stack_is_walked_and_each_frame_named(tmp_path, profile):
    assert run(build(tmp_path, WALKS_ITS_STACK, profile=profile)).stdout.endswith("frames: 2\n")


def test_output_of_c_and_of_python_both_arrive_in_order(tmp_path):
    assert run(build(tmp_path, WALKS_ITS_STACK)).stdout == "before\nframes: 2\n"


_READS_A_LINE = b"""
@buffer = internal global [16 x i8] zeroinitializer
declare i64 @read(i32, ptr, i64)
define i32 @main(i32 %argc, ptr %argv) nounwind uwtable {
  %n = call i64 @read(i32 0, ptr @buffer, i64 16)
  %status = trunc i64 %n to i32
  ret i32 %status
}
"""


def test_standard_input_is_untouched(tmp_path):
    assert run(build(tmp_path, _READS_A_LINE), stdin="hello\n").returncode == 6


_RAISES = b"""
declare i32 @raise(i32)
define i32 @main(i32 %%argc, ptr %%argv) nounwind uwtable {
  %%r = call i32 @raise(i32 %d)
  ret i32 0
}
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGPIPE, signal.SIGSEGV])
def test_signals_do_what_they_do_to_any_program(tmp_path, number):
    assert run(build(tmp_path, _RAISES % number)).returncode == -number
