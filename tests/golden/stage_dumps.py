"""What `qz dump-ir` prints, taken in this process: starting it again for each stage would take a minute."""

from __future__ import annotations

import contextlib
import gc
import io
from collections.abc import Iterator
from pathlib import Path

from qz.driver.commands.dump_ir import run_dump_ir
from qz.driver.options import Options


@contextlib.contextmanager
def collector_kept() -> Iterator[None]:
    """The compiler switches Python's collector off for good, as its process is its own."""
    try:
        yield
    finally:
        gc.unfreeze()
        gc.enable()


def dump(path: str, stage: str, function: str | None = None, *, verify: bool = False) -> str:
    """The text of a stage; every stage on the way may be verified against its contract."""
    printed, said = io.StringIO(), io.StringIO()
    folder = str(Path(path).parent)
    options = Options((path,), include=(folder,), stage=stage, function=function, verify_each=verify)
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(said), collector_kept():
        status = run_dump_ir(options, 0.0)
    assert (status, said.getvalue()) == (0, ""), f"{path} at {stage}: {said.getvalue()}"
    return printed.getvalue()
