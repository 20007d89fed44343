"""The llvm dialect as stock MLIR names it: xDSL's operations plus the ones xDSL lacks.

`LLVM` here takes the place of `xdsl.dialects.llvm.LLVM` in a context; the printed text is read by mlir-opt,
but where C is given large structs (`by_value.py`).
"""

from xdsl.dialects import llvm
from xdsl.ir import Attribute, Dialect, Operation

from dialects.llvm_extra import alias_classes, by_value, conversions, memory, overflow, switch

OPS: tuple[type[Operation], ...] = (*overflow.OPS, *conversions.OPS, *memory.OPS, *by_value.OPS, *switch.OPS)
ATTRIBUTES: tuple[type[Attribute], ...] = alias_classes.ATTRIBUTES

LLVM = Dialect("llvm", [*llvm.LLVM.operations, *OPS], [*llvm.LLVM.attributes, *ATTRIBUTES])
