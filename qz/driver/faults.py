"""Faults of the compiler: shown in a few lines, with a file that has everything needed to see them again."""

import os
import sys
import tempfile
import traceback

from qz.codegen.fault import CompilerFault
from qz.driver.options import Options
from qz.driver.report import report_alone

EXIT_STATUS = 70


class ForeignFault(Exception):  # noqa: N818 (a fault, as in `CompilerFault`)
    """What came up in another process of the compiler: its first line, in which phase, and the traceback."""

    def __init__(self, problem: str, phase: str, details: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.phase = phase
        self.details = details


def report_fault(error: Exception, options: Options) -> int:
    """Shows ``error`` as a fault, not as the user's mistake; the exit status for it."""
    if isinstance(error, CompilerFault):
        notes = (f"the LLVM text is in {error.reproducer}",) if error.reproducer else ()
        report_alone(options, "QZ9503", *notes, problem=error.message)
        return EXIT_STATUS
    if isinstance(error, ForeignFault):
        saved = _save(error.details)
        notes = (f"the details are in {saved}",) if saved else ()
        report_alone(options, "QZ9501", *notes, phase=error.phase, problem=error.problem)
        return EXIT_STATUS
    saved = _save("".join(traceback.format_exception(error)))
    notes = (f"the details are in {saved}",) if saved else tuple(traceback.format_exception(error)[-3:])
    where = getattr(error, "__notes__", None)
    phase = where[0] if where else "the driver"
    report_alone(options, "QZ9501", *notes, phase=phase, problem=problem_of(error))
    return EXIT_STATUS


def fault_summary(error: Exception) -> str:
    """A line about a fault after which the process goes on."""
    saved = _save("".join(traceback.format_exception(error)))
    where = f"; the details are in {saved}" if saved else ""
    return f"the compiler has a fault: {problem_of(error)}{where}"


def problem_of(error: Exception) -> str:
    """An exception in one line."""
    text = str(error).strip().partition("\n")[0]
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _save(details: str) -> str:
    """Writes the traceback and the command line; an empty string where no file can be made."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="quartz-fault-", suffix=".txt", delete=False, encoding="utf-8", errors="replace"
        ) as file:
            file.write(f"command: {sys.argv}\nfolder: {os.getcwd()}\npython: {sys.version}\n\n")
            file.write(details)
    except OSError:
        return ""
    return file.name
