"""Every dialect the compiler knows, by name, imported only when asked for."""

from collections.abc import Callable
from importlib import import_module

from xdsl.context import Context
from xdsl.ir import Dialect


def _lazy(module: str, name: str) -> Callable[[], Dialect]:
    return lambda: getattr(import_module(module), name)


DIALECTS: dict[str, Callable[[], Dialect]] = {
    "arith": _lazy("xdsl.dialects.arith", "Arith"),
    "builtin": _lazy("xdsl.dialects.builtin", "Builtin"),
    "cf": _lazy("xdsl.dialects.cf", "Cf"),
    "func": _lazy("xdsl.dialects.func", "Func"),
    "llvm": _lazy("dialects.llvm_extra", "LLVM"),
    "qz": _lazy("dialects.qz", "Qz"),
    "qzrt": _lazy("dialects.qzrt", "QzRt"),
}


def make_context(*, allow_unregistered: bool = False) -> Context:
    """Makes an xDSL context that loads each dialect at its first use."""
    context = Context(allow_unregistered=allow_unregistered)
    for name, factory in DIALECTS.items():
        context.register_dialect(name, factory)
    return context
