"""The trait by which xDSL's canonicalizer finds the folders of this dialect."""

from collections.abc import Sequence

from xdsl.ir import Attribute, Operation, SSAValue
from xdsl.traits import HasFolder


class Folds(HasFolder):
    """The operation has a rule in `folding.FOLDERS`."""

    @classmethod
    def fold(cls, op: Operation) -> Sequence[SSAValue | Attribute] | None:
        from dialects.qz.folding import fold

        folded = fold(op)
        return None if folded is None else (folded,)
