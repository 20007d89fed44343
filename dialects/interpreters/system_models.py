"""Models of the runtime's functions on streams, files, processes, environment and clock.

Streams and environment are the host's; files and commands are real, seen from the host's folder. Time is the
program's own: a step takes a nanosecond and a wait is over at once, so that no program depends on how fast it
is interpreted.
"""

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from dialects.interpreters.host import Host
from dialects.interpreters.machine import Callee, Machine, Model, pure
from dialects.interpreters.values import ProgramExit, QuartzPanic, Value, Vec
from dialects.qz.types import string

SIGNAL_BASE = 128


def system_error(action: str, path: bytes, error: OSError) -> QuartzPanic:
    """Words the panic of something that the system refused."""
    reason = os.strerror(error.errno or 0).encode()
    return QuartzPanic(b"cannot %s `%s`: %s" % (action.encode(), path, reason))


def succeeds(machine: Machine, action: Callable[[], Value]) -> bool:
    """Tells whether an action worked, and remembers the system's answer otherwise."""
    try:
        action()
    except OSError as error:
        machine.host.last_error = error.errno or 0
        return False
    return True


def path_of(machine: Machine, path: bytes) -> Path:
    """Gives a path as seen from the program's folder."""
    return Path(os.fsdecode(machine.host.path(path)))


def of_host(function: Callable[[Host], Value]) -> Model:
    """Makes the model of a function without arguments that asks the host."""

    def model(machine: Machine) -> Value:
        return function(machine.host)

    return model


def write(machine: Machine, text: bytes) -> None:
    machine.host.stdout += text


def write_error(machine: Machine, text: bytes) -> None:
    machine.host.stderr += text


def write_line(machine: Machine, text: bytes) -> None:
    machine.host.stdout += text + b"\n"


def write_error_line(machine: Machine, text: bytes) -> None:
    machine.host.stderr += text + b"\n"


def read_file(machine: Machine, path: bytes) -> bytes:
    try:
        return path_of(machine, path).read_bytes()
    except OSError as error:
        raise system_error("read", path, error) from error


def read_into(machine: Machine, path: bytes, contents: Vec) -> bool:
    return succeeds(machine, lambda: contents.append(path_of(machine, path).read_bytes()))


def stored(machine: Machine, path: bytes, data: bytes, at_end: bool) -> bool:
    def action() -> None:
        with path_of(machine, path).open("ab" if at_end else "wb") as file:
            file.write(data)

    return succeeds(machine, action)


def write_with(mode: str) -> Model:
    """Makes the model of a function that writes a whole file."""

    def write(machine: Machine, path: bytes, data: bytes) -> None:
        try:
            with path_of(machine, path).open(mode) as file:
                file.write(data)
        except OSError as error:
            raise system_error("write", path, error) from error

    return write


def exists(machine: Machine, path: bytes) -> bool:
    return path_of(machine, path).exists()


def is_folder(machine: Machine, path: bytes) -> bool:
    return path_of(machine, path).is_dir()


def make_folder(machine: Machine, path: bytes) -> bool:
    return succeeds(machine, lambda: path_of(machine, path).mkdir(exist_ok=True))


def delete(machine: Machine, path: bytes) -> bool:
    target = path_of(machine, path)
    folder = target.is_dir() and not target.is_symlink()
    return succeeds(machine, target.rmdir if folder else target.unlink)


def rename(machine: Machine, old_path: bytes, new_path: bytes) -> bool:
    return succeeds(machine, lambda: path_of(machine, old_path).rename(path_of(machine, new_path)))


def list_folder(machine: Machine, path: bytes) -> Vec:
    try:
        return Vec(string, os.listdir(machine.host.path(path)))
    except OSError as error:
        raise system_error("list", path, error) from error


def change_folder(machine: Machine, path: bytes) -> bool:
    folder = machine.host.path(path)
    works = succeeds(machine, lambda: os.scandir(folder).close())
    if works:
        machine.host.folder = os.path.realpath(folder)
    return works


def real_path(machine: Machine, path: bytes) -> bytes:
    try:
        return os.path.realpath(machine.host.path(path), strict=True)
    except OSError as error:
        machine.host.last_error = error.errno or 0
        return b""


def exit_(machine: Machine, status: int) -> None:
    machine.run_last()
    raise ProgramExit(status)


def columns(machine: Machine, file: int) -> int:
    """No stream of the host is a terminal."""
    return -1


def has_variable(machine: Machine, name: bytes) -> bool:
    return name in machine.host.environ


def variable(machine: Machine, name: bytes) -> bytes:
    return machine.host.environ.get(name, b"")


def monotonic_time(machine: Machine) -> int:
    return machine.n_steps + machine.host.slept


def wall_time(machine: Machine) -> int:
    return time.time_ns() + machine.host.slept


def sleep(machine: Machine, nanoseconds: int) -> None:
    machine.host.slept += max(nanoseconds, 0)


def set_variable(machine: Machine, name: bytes, value: bytes) -> None:
    machine.host.environ[name] = value


def delete_variable(machine: Machine, name: bytes) -> None:
    machine.host.environ.pop(name, None)


def shell(machine: Machine, command: bytes, output: int | None) -> subprocess.CompletedProcess[bytes]:
    """Runs a command where the program is, with its environment."""
    host = machine.host
    return subprocess.run(
        [b"/bin/sh", b"-c", command], cwd=host.folder, env=host.environ, stdout=output, check=False
    )


def run(machine: Machine, command: bytes) -> int:
    done = shell(machine, command, subprocess.PIPE)
    machine.host.stdout += done.stdout
    return done.returncode if done.returncode >= 0 else SIGNAL_BASE - done.returncode


def capture(machine: Machine, command: bytes) -> bytes:
    return shell(machine, command, subprocess.PIPE).stdout


def set_last(machine: Machine, function: Callee) -> None:
    machine.last = function


MODELS: dict[str, Model] = {
    "rt.io$write": write,
    "rt.io$write_line": write_line,
    "rt.io$write_error": write_error,
    "rt.io$write_error_line": write_error_line,
    "rt.io$flush": of_host(lambda host: True),
    "rt.io$read_line": of_host(Host.read_stdin_line),
    "rt.io$read_all": of_host(lambda host: host.read_stdin(len(host.stdin))),
    "rt.terminal$columns": columns,
    "rt.fs$read_file": read_file,
    "rt.fs$read_into": read_into,
    "rt.fs$stored?": stored,
    "rt.fs$write_file": write_with("wb"),
    "rt.fs$append_file": write_with("ab"),
    "rt.fs$exists": exists,
    "rt.fs$is_folder": is_folder,
    "rt.fs$make_folder": make_folder,
    "rt.fs$delete": delete,
    "rt.fs$rename": rename,
    "rt.fs$list_folder": list_folder,
    "rt.fs$current_folder": of_host(lambda host: host.folder),
    "rt.fs$change_folder": change_folder,
    "rt.fs$real_path": real_path,
    "rt.fs$last_error": of_host(lambda host: os.strerror(host.last_error).encode()),
    "rt.os$exit": exit_,
    "rt.os$process_id": pure(os.getpid),
    "rt.os$has_variable": has_variable,
    "rt.os$variable": variable,
    "rt.os$set_variable": set_variable,
    "rt.os$delete_variable": delete_variable,
    "rt.os$monotonic_time": monotonic_time,
    "rt.os$wall_time": wall_time,
    "rt.os$sleep": sleep,
    "rt.process$run": run,
    "rt.process$capture": capture,
    "rt.last$set": set_last,
    "rt.start$args": of_host(lambda host: Vec(string, host.args)),
    "rt.start$program_name": of_host(lambda host: host.program_name),
}
