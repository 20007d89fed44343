"""The stages of a compilation, in order: one table for dump-ir, --stop-after, --print-after and the tests."""

from enum import Enum
from typing import NamedTuple


class Floor(Enum):
    """Who makes a stage, and so who can show it."""

    FRONT = "front"  # dumps of arenas: `Build.dump`
    IR = "ir"  # a module of operations, printed
    LLVM = "llvm"  # text that LLVM reads or writes


class Stage(NamedTuple):
    """A stage, who shows it, and one line of help."""

    name: str
    floor: Floor
    summary: str


STAGES = {
    stage.name: stage
    for stage in (
        Stage("tokens", Floor.FRONT, "the words of the file, after layout"),
        Stage("ast", Floor.FRONT, "the syntax tree"),
        Stage("resolved", Floor.FRONT, "the tree, each name with its declaration"),
        Stage("typed", Floor.FRONT, "the tree, each expression with its type"),
        Stage("qz", Floor.IR, "structured operations on typed values"),
        Stage("qz-opt", Floor.IR, "the same, folded"),
        Stage("cfg", Floor.IR, "control flow as blocks"),
        Stage("rt", Floor.IR, "types erased, memory explicit"),
        Stage("llvm", Floor.IR, "LLVM's operations as a dialect"),
        Stage("llvm-ir", Floor.LLVM, "LLVM text as handed to LLVM"),
        Stage("llvm-opt", Floor.LLVM, "LLVM text after its passes"),
        Stage("asm", Floor.LLVM, "assembly"),
    )
}


def is_before(first: str, second: str) -> bool:
    """Whether stage ``first`` comes before ``second``."""
    order = list(STAGES)
    return order.index(first) < order.index(second)
