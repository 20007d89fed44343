"""Workers: several units at once, and every way in which one can go wrong."""

import os
import signal
from pathlib import Path

import pytest

from qz.codegen.fault import CompilerFault
from qz.codegen.machine import host_triple
from qz.codegen.target import baseline
from qz.codegen.unit import UnitJob
from qz.codegen.worker import Worker
from qz.codegen.worker_pool import WorkerPool

from .llvm_text import KILLS_LLVM, RETURNS_SEVEN, TWICE

HERE = baseline(host_triple())


def job(name: str, text: bytes, folder: Path, profile: str = "dev") -> UnitJob:
    return UnitJob(name, text, HERE, profile, (("obj", str(folder / f"{name}.o")),))


def test_results_come_in_the_order_of_the_jobs(tmp_path):
    names = [f"unit{n}" for n in range(7)]
    with WorkerPool(2) as pool:
        for number, name in enumerate(names):
            pool.submit(job(name, TWICE if number % 2 else RETURNS_SEVEN, tmp_path))
        results = pool.finish()
    assert [result.name for result in results] == names
    assert all((tmp_path / f"{name}.o").read_bytes().startswith(b"\x7fELF") for name in names)
    assert all(result.peak_bytes > 0 for result in results)


def test_a_pool_takes_more_work_after_finish(tmp_path):
    with WorkerPool(1) as pool:
        pool.submit(job("a", TWICE, tmp_path))
        pool.finish()
        pool.submit(job("b", TWICE, tmp_path))
        assert [result.name for result in pool.finish()] == ["b"]


def test_the_same_unit_gives_the_same_object_in_any_worker(tmp_path):
    with WorkerPool(2) as pool:
        for name in ("a", "b", "c"):
            pool.submit(job(name, RETURNS_SEVEN, tmp_path, "O2"))
        pool.finish()
    assert len({(tmp_path / f"{name}.o").read_bytes() for name in ("a", "b", "c")}) == 1


def test_text_that_llvm_refuses_is_a_fault_with_the_text_kept(tmp_path):
    text = b"define i32 @f() { nonsense }"
    with WorkerPool(1) as pool:
        pool.submit(job("bad", text, tmp_path))
        with pytest.raises(CompilerFault, match="unit `bad`") as caught:
            pool.finish()
    kept = Path(caught.value.reproducer)
    assert text in kept.read_bytes()
    kept.unlink()


def test_the_death_of_llvm_is_a_fault_with_its_last_words(tmp_path):
    with WorkerPool(1) as pool:
        pool.submit(job("deadly", KILLS_LLVM, tmp_path))
        with pytest.raises(CompilerFault, match=r"Cannot select.*SIGABRT") as caught:
            pool.finish()
    kept = Path(caught.value.reproducer)
    assert KILLS_LLVM in kept.read_bytes()
    kept.unlink()


def test_a_file_that_cannot_be_written_is_not_a_fault(tmp_path):
    with WorkerPool(1) as pool:
        pool.submit(job("a", TWICE, tmp_path / "nowhere"))
        with pytest.raises(OSError, match="nowhere"):
            pool.finish()


def test_closing_ends_workers_that_are_at_work():
    pool = WorkerPool(2)
    pids = [worker.pid for worker in pool._workers]
    pool._workers[0].job = job("endless", b"", Path())  # as if it were compiling
    pool.close()
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_an_interrupt_of_the_terminal_leaves_ending_the_workers_to_the_compiler(tmp_path):
    worker = Worker([])
    try:
        worker.start(job("first", RETURNS_SEVEN, tmp_path))
        assert worker.receive().error == ""  # it has set itself up by now
        os.kill(worker.pid, signal.SIGINT)
        worker.start(job("second", RETURNS_SEVEN, tmp_path))
        assert worker.receive().error == ""
    finally:
        worker.end()
        worker.wait()


def test_an_idle_worker_ends_when_the_compiler_is_gone():
    worker = Worker([])
    pid = worker.pid
    worker.close_pipes()
    assert os.waitpid(pid, 0)[1] == 0
