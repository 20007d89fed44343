"""``qz compile``: a program as an executable, or as any of the files on the way there."""

from qz.codegen.linker import LinkerMissingError, LinkError
from qz.codegen.machine import is_known_target
from qz.driver.objects.backend import target_of
from qz.driver.objects.linking import link_objects
from qz.driver.options import Options
from qz.driver.outcome import Outcome
from qz.driver.outputs import output_paths, whole_file, write_whole
from qz.driver.recall import obtain_objects
from qz.driver.report import report_alone


def run_compile(options: Options, started: float) -> int:
    """Compiles, links and writes; the exit status."""
    if options.target is not None and not is_known_target(options.target):
        report_alone(options, "QZ9006", target=options.target)
        return 1
    target = target_of(options, here=False)
    outcome = obtain_objects(options, target, started)
    if outcome.status != 0 or options.stop_after is not None:
        if outcome.status == 0:
            outcome.show_account()
        return outcome.status
    paths = output_paths(options.files[0], options.output, options.emit)
    for kind, path in paths.items():
        if kind != "exe":
            write_whole(path, _content(kind, paths, outcome))
    status = _link(options, target.triple, outcome, paths["exe"]) if "exe" in paths else 0
    if status == 0:
        outcome.show_account()
    return status


def _content(kind: str, paths: dict[str, str], outcome: Outcome) -> bytes:
    if kind == "obj":
        return outcome.objects[0]
    if kind == "dep":
        made = " ".join(_escaped(path) for other, path in paths.items() if other != "dep")
        return f"{made}: {' '.join(map(_escaped, outcome.files))}\n".encode("utf-8", "surrogateescape")
    return outcome.written[kind]


def _escaped(path: str) -> str:
    """A path as make reads it."""
    return path.replace("$", "$$").replace("#", "\\#").replace(" ", "\\ ")


def _link(options: Options, triple: str, outcome: Outcome, output: str) -> int:
    try:
        with outcome.linking(), whole_file(output) as beside:
            link_objects(options, triple, outcome.objects, beside)
    except LinkerMissingError as missing:
        report_alone(options, "QZ9003", tried=str(missing))
        return 1
    except LinkError as refusal:
        report_alone(options, "QZ9004", *refusal.said.splitlines()[:20], linker=refusal.linker)
        return 1
    return 0
