"""The ``qz`` command: its exit status, whatever happens.

Only what every command needs is imported on top: `qz --version` answers before argparse would be loaded.
"""

import gc
import os
import sys
import time
from signal import SIG_DFL
from typing import TYPE_CHECKING, NoReturn

from qz.driver.version import VERSION

if TYPE_CHECKING:
    from argparse import Namespace

    from qz.driver.options import Options

_STARTED = time.perf_counter()


def main() -> NoReturn:
    """Runs the command line of this process and exits."""
    if sys.argv[1:] == ["--version"]:
        print(f"qz {VERSION}", flush=True)
        os._exit(0)
    from qz.driver.interrupts import answer_interrupts

    answer_interrupts(SIG_DFL)  # dying of it at once: nothing is there yet that would stay behind
    gc.disable()  # importing is 7 % faster so; `Session` says when to collect
    from qz.driver.standard_streams import open_standard_streams

    open_standard_streams()
    from qz.cli.arguments import parse_words
    from qz.cli.choice import options_of

    words = parse_words(sys.argv[1:])
    options = options_of(words)
    if options.watch:
        from qz.driver.watching.rounds import watch

        watch(options, lambda options, started: _guarded(words, options, started))
    status = _guarded(words, options, _STARTED)
    sys.stderr.flush()
    os._exit(status)  # nothing is left to do, and tearing down LLVM and a large heap takes a while


def _guarded(words: "Namespace", options: "Options", started: float) -> int:
    """Runs the command; whatever it raises becomes an exit status."""
    from qz.cli.commands import COMMANDS
    from qz.driver.interrupts import answer_interrupts, die_of_interrupt, raise_interrupt
    from qz.driver.standard_streams import UnwritableError

    answer_interrupts(raise_interrupt)
    try:
        os.getcwd()  # what has been deleted, nothing can be found in or put into
    except OSError as error:
        return _refuse(options, "QZ9001", ".", error)
    try:
        status = COMMANDS[words.command](words, options, started)
        sys.stdout.flush()
    except KeyboardInterrupt as interrupt:
        die_of_interrupt(*interrupt.args)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or Python complains once more on exit
        return 0
    except UnwritableError as error:
        return _refuse(options, "QZ9002", error.filename, error)
    except Exception as error:
        from qz.driver.faults import report_fault

        return report_fault(error, options)
    return status


def _refuse(options: "Options", code: str, path: str, error: OSError) -> int:
    from qz.driver.report import report_alone
    from qz.driver.source_files import reason

    report_alone(options, code, path=path, reason=reason(error))
    return 1


# CPython keeps frames in chunks of 16 KiB and gives a chunk back as soon as the first frame in it ends, so a
# loop that calls across a border maps and unmaps memory at every turn: 12 ms of importing everything. A frame
# that says it is large gets a chunk of its own, 1 MiB, whose second half has room for all frames above it.
_guarded.__code__ = _guarded.__code__.replace(co_stacksize=1 << 16)


if __name__ == "__main__":
    main()
