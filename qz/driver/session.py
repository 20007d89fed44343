"""Everything that lives as long as one run of the compiler."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from qz.base.interner import Interner
from qz.base.mem_usage import MemUsage
from qz.base.source import SourceMap
from qz.diagnostics.sink import DiagnosticSink
from qz.driver.measuring.phases import Phase, PhaseClock
from qz.driver.measuring.progress import Progress
from qz.driver.options import Options

if TYPE_CHECKING:
    from qz.driver.caching.function_cache import FunctionCache
    from qz.driver.measuring.trace import Trace

_FUNCTIONS_PER_COLLECTION = 4


def wanted_trace(options: Options) -> Trace | None:
    """An empty trace, where --trace asks for one."""
    if options.trace is None:
        return None
    from qz.driver.measuring.trace import Trace

    return Trace()


class Session:
    """The sources, names, findings and clocks of a run; nothing that belongs to one function."""

    def __init__(self, options: Options, started: float | None = None, trace: Trace | None = None) -> None:
        self.options = options
        self.sources = SourceMap()
        self.interner = Interner()
        self.sink = DiagnosticSink()
        self.clock = PhaseClock(
            watches_memory=options.memory_stats,
            watches_time=options.time_passes,
            on_span=None if trace is None else trace.span,
            started=started,
        )
        self.trace = trace
        self.recall: FunctionCache | None = None
        """What is known of the program from the last time."""
        self.progress = Progress(wanted=options.verbosity >= 0 and options.error_format == "text")
        self.n_functions = 0
        self.worker_peak = 0
        """Bytes of the largest process that made functions for this one."""
        self.n_nodes = 0
        self.n_ops = 0
        self._n_until_collection = _FUNCTIONS_PER_COLLECTION

    def phase(self, name: str) -> Phase:
        """The phase called ``name``, for a ``with`` statement around the work that it means."""
        return self.clock.phase(name)

    def ready(self) -> None:
        """Called when everything is imported: what exists by now is never garbage, nor visited again.

        Automatic collection is off: IR objects come and go by the million in cycles, and `begin_function`
        collects the youngest generation, where all of them are, at moments when none is alive. Were one
        alive then, it would be promoted, and nothing would ever collect it.
        """
        gc.disable()
        gc.freeze()
        self.clock.end_init()

    def begin_function(self, name: str) -> None:
        """Called before the first phase of a function, when nothing refers to the one before any more.

        A fault from here on is blamed on it.
        """
        self.clock.function = name
        self.progress.tick(self.n_functions, name)
        self._n_until_collection -= 1
        if not self._n_until_collection:
            self._n_until_collection = _FUNCTIONS_PER_COLLECTION
            gc.collect(0)

    def end_function(self, n_nodes: int, n_ops: int) -> None:
        """Called when a function has gone through all its phases."""
        self.clock.function = ""
        self.n_functions += 1
        self.n_nodes += n_nodes
        self.n_ops += n_ops

    def collect_mem_usage(self, usage: MemUsage, label: str) -> None:
        """The bytes of every store of the session."""
        usage.collect(f"{label}.sources", self.sources)
        usage.collect(f"{label}.interner", self.interner)
        usage.collect(f"{label}.diagnostics", self.sink)
