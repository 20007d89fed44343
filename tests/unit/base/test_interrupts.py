"""Interrupts that wait."""

import signal
import threading

import pytest

from qz.base.interrupts import interrupts_held


def test_what_is_held_comes_at_the_end():
    steps: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        _interrupted(steps)
    assert steps == ["after it"]


def test_blocks_may_be_within_blocks():
    steps: list[str] = []
    with pytest.raises(KeyboardInterrupt), interrupts_held():
        _interrupted(steps)
    assert steps == ["after it"]


def test_an_end_waits_as_well():
    steps: list[str] = []
    before = signal.signal(signal.SIGTERM, lambda _number, _frame: steps.append("ended"))
    _interrupted(steps, signal.SIGTERM)
    signal.signal(signal.SIGTERM, before)
    assert steps == ["after it", "ended"]


def test_nothing_comes_where_none_came():
    with interrupts_held():
        pass
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def _interrupted(steps: list[str], number: signal.Signals = signal.SIGINT) -> None:
    with interrupts_held():
        thread = threading.Thread(target=signal.pthread_kill, args=(threading.get_ident(), number))
        thread.start()
        thread.join()
        steps.append("after it")
