"""``qz check --fix``: makes those fixes in a file that are sure, and says which.

A file is rewritten once, as a whole, when nothing more is found that can be fixed. Fixes that touch the same
text wait for the next round, in which they may no longer be needed. A round after which there are more errors
than before it is not kept.
"""

from qz.diagnostics.fixes import apply_fixes
from qz.diagnostics.model import Diagnostic
from qz.driver.checking import checked
from qz.driver.options import Options
from qz.driver.outputs import rewrite
from qz.driver.report import write_lines
from qz.driver.session import Session
from qz.driver.source_files import display_path, reason

_MAX_ROUNDS = 8
_MAIN_FILE = 0  # the file id of the program's main file, which is read first


def fix_file(options: Options, path: str, session: Session) -> Session:
    """Fixes a file that ``session`` has checked; the session of what the file is then."""
    if not len(session.sources):
        return session
    original = session.sources.get(_MAIN_FILE).data
    data = original
    said: list[str] = []
    for _ in range(_MAX_ROUNDS):
        found = [finding for finding in session.sink.in_source_order() if _is_sure(finding)]
        fixed, applied = apply_fixes(data, _MAIN_FILE, [finding.fix for finding in found if finding.fix])
        if not applied:
            break
        after = checked(options, path, data=fixed)
        if after.sink.n_errors > session.sink.n_errors:
            break
        said += [_line(path, finding, session) for finding in found if finding.fix in applied]
        data, session = fixed, after
    if data == original:
        return session
    try:
        rewrite(path, original, data)
    except OSError as error:
        session = checked(options, path)
        session.sink.report("QZ9002", None, path=path, reason=reason(error))
        return session
    if options.error_format == "text":
        write_lines(said)
    return session


def _is_sure(finding: Diagnostic) -> bool:
    is_in_macro = finding.span is not None and finding.span.call is not None  # where others are expanded, too
    return finding.fix is not None and finding.fix.sure and not is_in_macro


def _line(path: str, finding: Diagnostic, session: Session) -> str:
    """What was fixed, and where it was found."""
    assert finding.span is not None
    line, column = session.sources.get(_MAIN_FILE).line_col(finding.span.start)
    return f"fixed {display_path(path)}:{line}:{column}: {finding.code}: {finding.message}"
