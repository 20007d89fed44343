"""Looking at passes at work: --print-after, --dump-dir and --fuel."""

import os
import re
import sys
from collections import Counter
from collections.abc import Callable

from xdsl.dialects.builtin import ModuleOp

from qz.driver.ir_text import module_text
from qz.driver.options import Options
from qz.driver.standard_streams import writing

_NOT_IN_FILE_NAMES = re.compile(r"[^\w.$-]")
_MAX_FILE_NAME = 150
# A pass that leads from one stage to the next cannot be left out.
_MANDATORY_PREFIX = "to_"


class PassWatch:
    """Shows and saves modules after passes; lets a pass work on so many functions only."""

    def __init__(self, options: Options) -> None:
        self._prints = set(options.print_after)
        self._folder = options.dump_dir
        self._fuel = dict(options.fuel)
        self._n_runs: Counter[str] = Counter()
        self._n_saved = 0
        if self._folder is not None:
            with writing(self._folder):
                os.makedirs(self._folder, exist_ok=True)

    def allows(self, name: str) -> bool:
        """Whether a pass may run on one more function, which it then does."""
        limit = self._fuel.get(name)
        self._n_runs[name] += 1
        return limit is None or name.startswith(_MANDATORY_PREFIX) or self._n_runs[name] <= limit

    def begin(self, symbol: str, module: ModuleOp) -> None:
        """Called with a function as the front end made it."""
        self._n_saved = 0
        self._save(symbol, "qz.mlir", lambda: module_text(module))

    def pass_done(self, name: str, symbol: str, module: ModuleOp) -> None:
        """Called after each pass over a function."""
        if self._prints & {name, "all"}:
            sys.stderr.write(f"// after {name}: {symbol}\n{module_text(module)}\n")
        self._save(symbol, f"{name}.mlir", lambda: module_text(module))

    def text_made(self, symbol: str, text: str) -> None:
        """Called with the LLVM text of a function."""
        self._save(symbol, "llvm-ir.ll", lambda: text)

    def _save(self, symbol: str, suffix: str, make_text: Callable[[], str]) -> None:
        if self._folder is None:
            return
        stem = _NOT_IN_FILE_NAMES.sub("_", symbol)[:_MAX_FILE_NAME]
        path = os.path.join(self._folder, f"{stem}.{self._n_saved}.{suffix}")
        self._n_saved += 1
        with writing(path), open(path, "w", encoding="utf-8") as file:
            file.write(make_text())
