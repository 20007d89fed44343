"""The front of an entry block, where constants and stack slots are put while the body is being built."""

# pyright: reportPrivateUsage=false

from xdsl.ir import Block, Operation

from dialects.fast_ops import attach_before, attach_last


class Prelude:
    """Keeps the place in the entry block behind the operations inserted so far."""

    __slots__ = ("entry", "last")

    def __init__(self, entry: Block) -> None:
        self.entry = entry
        self.last: Operation | None = None

    def insert(self, op: Operation) -> None:
        """Puts a detached op behind the earlier ones and in front of everything else."""
        last = self.last
        following = self.entry._first_op if last is None else last._next_op
        if following is None:
            attach_last(self.entry, op)
        else:
            attach_before(op, following)
        self.last = op
