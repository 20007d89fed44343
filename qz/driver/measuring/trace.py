"""``--trace FILE``: the phases of a compilation on a line of time, in Chrome's trace event format.

chrome://tracing and https://ui.perfetto.dev show such files. The compiler has a lane for itself, and so has
each process that made functions, and each worker that ran LLVM.
"""

import json
import os
from collections.abc import Iterable, Iterator

from qz.codegen.unit import UnitResult
from qz.driver.outputs import whole_file

_MICRO = 1_000_000


class Trace:
    """What is known so far; kept as text, since there is nothing more to do with it."""

    def __init__(self) -> None:
        self._events: list[str] = []
        self._process = os.getpid()
        self._lane_of_spans = self._process
        self._lane(self._process, "compiler")

    def span(self, name: str, function: str, began: float, ended: float) -> None:
        """A phase, for a function or for none; times are seconds of `time.perf_counter`."""
        self._event(
            name, self._lane_of_spans, began, ended - began, {"function": function} if function else {}
        )

    def begin_lane(self, name: str) -> None:
        """What comes from here on is of the process that this one was forked into, in a lane of its own."""
        self._events.clear()
        self._lane_of_spans = os.getpid()
        self._lane(self._lane_of_spans, name)

    def events(self) -> tuple[str, ...]:
        """What there is so far, for the trace of another process to `add`."""
        return tuple(self._events)

    def add(self, events: tuple[str, ...]) -> None:
        """What another process did."""
        self._events += events

    def write(self, path: str, units: Iterable[UnitResult]) -> None:
        """Writes the file, with the steps of the units in the lanes of their workers."""
        for number, process in enumerate(sorted({unit.process for unit in units}), 1):
            self._lane(process, f"LLVM worker {number}")
        for unit in units:
            began = unit.began
            for step, seconds in unit.seconds:
                self._event(step, unit.process, began, seconds, {"unit": unit.name})
                began += seconds
        with whole_file(path) as beside, open(beside, "w", encoding="utf-8") as file:
            file.writelines(self._text())

    def _text(self) -> Iterator[str]:
        yield '{"displayTimeUnit": "ms", "traceEvents": [\n'
        yield ",\n".join(self._events)
        yield "\n]}\n"

    def _lane(self, thread: int, name: str) -> None:
        lane = {"name": "thread_name", "ph": "M", "pid": self._process, "tid": thread, "args": {"name": name}}
        self._events.append(json.dumps(lane))

    def _event(self, name: str, thread: int, began: float, seconds: float, args: dict[str, str]) -> None:
        event = {"name": name, "ph": "X", "pid": self._process, "tid": thread, "args": args}
        times = {"ts": round(began * _MICRO, 1), "dur": round(seconds * _MICRO, 1)}
        self._events.append(json.dumps(event | times))
