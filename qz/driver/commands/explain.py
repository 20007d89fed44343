"""``qz explain``: the page of a code."""

import sys

from qz.diagnostics.explain import explain, list_codes
from qz.driver.options import Options
from qz.driver.report import report_alone


def run_explain(options: Options, code: str | None) -> int:
    """Prints the page of ``code``, or the list of all codes where there is none."""
    if code is None:
        sys.stdout.writelines(f"{line}\n" for line in list_codes())
        return 0
    page = explain(code)
    if page is None:
        report_alone(options, "QZ9007", problem=f"no diagnostic has the code `{code}`")
        return 2
    sys.stdout.write(page)
    return 0
