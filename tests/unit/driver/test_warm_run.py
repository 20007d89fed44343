"""A program that was run before runs again without the compiler being loaded."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent.parent


def test_a_warm_run_imports_neither_numpy_nor_xdsl_nor_the_front_end(tmp_path):
    source = tmp_path / "hello.qz"
    source.write_text('def main()\n  puts("hello")\nend\n')
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(tmp_path / "cache")}

    def run() -> tuple[bytes, set[str]]:
        command = [sys.executable, "-X", "importtime", "-m", "qz", "run", str(source)]
        done = subprocess.run(command, env=environment, capture_output=True, text=False, check=True)
        lines = done.stderr.decode().splitlines()
        return done.stdout, {line.rpartition("|")[2].strip() for line in lines}

    cold_output, cold = run()
    warm_output, warm = run()
    assert cold_output == warm_output == b"hello\n"
    heavy = {"numpy", "xdsl", "qz.syntax", "qz.sema", "qz.irgen", "lowering", "dialects"}
    assert cold >= heavy
    assert not warm & heavy
