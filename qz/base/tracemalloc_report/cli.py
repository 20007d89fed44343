"""The words of `tracemalloc-report`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from qz.base.tracemalloc_report.grouping import KEYS, compared, grouped
from qz.base.tracemalloc_report.recording import NotARecordingError, load
from qz.base.tracemalloc_report.render import diff_text, show_text, size_text, to_json
from qz.base.tracemalloc_report.tracing import record


def main(arguments: Sequence[str] | None = None) -> int:
    """Console script; 0 fine, 1 unreadable recording, 2 usage."""
    options = _parser().parse_args(arguments)
    try:
        return _COMMANDS[options.command](options)
    except (NotARecordingError, OSError) as problem:
        print(f"tracemalloc-report: {problem}", file=sys.stderr)
        return 1


def _record(options: argparse.Namespace) -> int:
    recording = record(
        [options.program, *options.arguments],
        as_module=options.module,
        n_frames=options.frames,
        at_peak=options.at == "peak",
    )
    recording.save(options.output)
    print(
        f"tracemalloc-report: {size_text(recording.traced)} traced, {size_text(recording.overhead)} spent on"
        f" tracing, in {options.output}",
        file=sys.stderr,
    )
    return 0


def _show(options: argparse.Namespace) -> int:
    recording = load(options.recording)
    groups = grouped(recording.snapshot, options.by, to_project=options.charge == "project")
    if options.json:
        print(to_json(recording, groups, options.by))
    else:
        print("\n".join(show_text(recording, groups, options.top)))
    return 0


def _diff(options: argparse.Namespace) -> int:
    before, after = load(options.before), load(options.after)
    to_project = options.charge == "project"
    changes = compared(
        grouped(before.snapshot, options.by, to_project=to_project),
        grouped(after.snapshot, options.by, to_project=to_project),
    )
    if options.json:
        print(to_json(after, changes, options.by))
    else:
        print("\n".join(diff_text(before, after, changes, options.top)))
    return 0


_COMMANDS = {"record": _record, "show": _show, "diff": _diff}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tracemalloc-report", description="where Python's memory went")
    commands = parser.add_subparsers(dest="command", required=True)

    recording = commands.add_parser("record", help="run a program and keep a recording of its memory")
    recording.add_argument("-o", "--output", type=Path, default=Path("memory.trace"))
    recording.add_argument("--frames", type=int, default=1, metavar="N", help="frames kept per allocation")
    recording.add_argument("--at", choices=("peak", "end"), default="peak", help="when to record")
    recording.add_argument("-m", dest="module", action="store_true", help="the program is a module")
    recording.add_argument("program")
    recording.add_argument("arguments", nargs=argparse.REMAINDER)

    grouping = argparse.ArgumentParser(add_help=False)
    grouping.add_argument("--by", choices=tuple(KEYS), default="floor")
    grouping.add_argument("--top", type=int, default=20, metavar="N", help="rows to show")
    grouping.add_argument("--json", action="store_true", help="every row, for programs")
    grouping.add_argument(
        "--charge",
        choices=("innermost", "project"),
        default="innermost",
        help="charge the code that allocated, or the project's code that called it (needs --frames)",
    )
    show = commands.add_parser("show", parents=[grouping], help="group one recording")
    show.add_argument("recording", type=Path)
    diff = commands.add_parser("diff", parents=[grouping], help="compare two recordings")
    diff.add_argument("before", type=Path)
    diff.add_argument("after", type=Path)
    return parser
