"""Modules of IR as text, with a line of counts on top."""

from io import StringIO

from xdsl.dialects.builtin import ModuleOp
from xdsl.printer import Printer


def module_text(module: ModuleOp, *, generic: bool = False) -> str:
    """The module as MLIR text that parses back."""
    stream = StringIO()
    Printer(stream, print_generic_format=generic).print_op(module)
    return stream.getvalue() + "\n"


def counted(name: str, module: ModuleOp, text: str) -> str:
    """Text of a function's module behind a line that says how large it is."""
    n_ops = n_blocks = 0
    for op in module.walk():
        n_ops += 1
        n_blocks += sum(len(region.blocks) for region in op.regions)
    return f"// {name}: {n_ops} operations, {n_blocks} blocks, {len(text)} bytes\n{text}"
