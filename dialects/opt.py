"""`qz-opt`: xDSL's optimizer driver with the dialects and passes of this project.

The dialects know nothing of the passes, so the registry of passes is found by the name of its module,
`lowering.pipeline`, when the tool runs.
"""

import sys
from importlib import import_module
from typing import ClassVar

from xdsl.universe import Universe
from xdsl.utils.exceptions import ArgSpecParseError, DiagnosticException, ParseError
from xdsl.xdsl_opt_main import xDSLOptMain

from dialects.registry import DIALECTS

PASS_REGISTRY = "lowering.pipeline"

WRONG_INPUT, WRONG_USAGE = 1, 2


class QzOptMain(xDSLOptMain):
    """The driver: everything of xDSL, and ours where a name is in both."""

    version_format: ClassVar[str] = "qz-opt built from xdsl version {xdsl_version}"

    def register_all_dialects(self) -> None:
        for name, factory in {**Universe.get_multiverse().all_dialects, **DIALECTS}.items():
            self.ctx.register_dialect(name, factory)

    def register_all_passes(self) -> None:
        super().register_all_passes()
        for name, factory in import_module(PASS_REGISTRY).MODULE_PASSES.items():
            self.register_pass(name, factory)


def main() -> None:
    """Runs the tool; wrong input is told on standard error, without a traceback."""
    try:
        tool = QzOptMain("applies the passes of Quartz and of xDSL to MLIR")
    except (ValueError, ArgSpecParseError) as error:
        sys.stderr.write(f"qz-opt: {error}\n")
        sys.exit(WRONG_USAGE)
    try:
        tool.run()
    except (ParseError, DiagnosticException, OSError) as error:
        sys.stderr.write(f"qz-opt: {error}\n")
        sys.exit(WRONG_INPUT)


if __name__ == "__main__":
    main()
