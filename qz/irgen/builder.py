"""The state of generating one function: where ops go, what the locals are, where in the source we stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from xdsl.dialects.builtin import UNKNOWN_LOC, LocationAttr, StringAttr
from xdsl.ir import Attribute, Block, Operation, OpResult, Region, SSAValue

from dialects.fast_ops import append_value, attach_last, detached_op, file_location, region_with_block
from dialects.qz.properties import OVERFLOW_MODES, string_attr
from dialects.qz.scalar import CastOp, ReinterpretOp
from dialects.qz.terminators import UnreachableOp, YieldOp
from dialects.qz.types import char, si64
from qz.irgen.ir_types import IrTypes
from qz.sema.body import Body
from qz.sema.decls import ConstDecl, FunctionDecl
from qz.sema.ownership.drops import shows_drops
from qz.sema.program import Program
from qz.sema.types import TypeId

NO_PROPERTIES: dict[str, Attribute] = {}


class Diverged(Exception):  # noqa: N818 (control flow, not a fault)
    """Control cannot get past here: the block has its terminator, nothing more may be put into it."""


@dataclass(frozen=True, slots=True)
class IrOptions:
    """``trusted`` code (the runtime) runs without bounds checks; ``located`` keeps a location on every op,
    and ``debug`` the names of locals as well. Calls in ``optimised`` code say what they do not hold on to.
    A module ``declares`` the functions that it calls, for all that read it but the shortest way to text.
    """

    overflow: str = "trap"
    debug: bool = False
    trusted: bool = False
    located: bool = False
    optimised: bool = False
    declares: bool = True


Emitter: TypeAlias = "Callable[[Builder, int], SSAValue | None]"
IntrinsicEmitter: TypeAlias = "Callable[[Builder, int, FunctionDecl, Sequence[int]], SSAValue | None]"


def _cut(emitter: Emitter) -> Emitter:
    """An emitter in a body parts of which are cut off: of those it emits what gives no value, and what is
    evaluated before."""

    def emit(b: Builder, node: int) -> SSAValue | None:
        operands = b.body.cut_off.get(node)
        if operands is None:
            return emitter(b, node)
        for operand in operands:
            b.emit(operand)
        raise b.unreachable()

    return emit


class Builder:
    """Emits expressions of one body, left to right, into the current block."""

    def __init__(
        self,
        program: Program,
        body: Body,
        ir_types: IrTypes,
        options: IrOptions,
        emitters: Sequence[Emitter],
        emit_intrinsic: IntrinsicEmitter,
        convert: Callable[[Builder, int, SSAValue | None], SSAValue],
    ) -> None:
        self.program = program
        self.body = body
        self.ir_types = ir_types
        self.options = options
        self.keeps_locations = options.debug or options.located
        self.emitters = [_cut(emitter) for emitter in emitters] if body.cut_off else emitters
        self.emit_intrinsic = emit_intrinsic
        self.convert = convert
        self.tree = tree = body.tree
        self.kind, self.token, self.lhs, self.rhs = tree.kind, tree.token, tree.lhs, tree.rhs
        self.types = body.types
        self.decls = body.decls
        self.locals = body.locals
        self.rests = body.rests
        self.calls = body.calls
        self.conversions = body.conversions
        self.values: list[SSAValue | None] = [None] * len(body.locals)
        self.lent: list[Callable[[], None]] = []
        """What puts places right that were lent to a call, once that is over."""
        self.held: dict[int, SSAValue] = {}
        """What the object before a `?.` holds, while the member behind it is emitted."""
        self.remembered: dict[int, SSAValue] = {}  # by ONCE node
        self.collected: dict[int, SSAValue] = {}  # by COMPREHENSION node
        self.callees: dict[str, FunctionDecl] = {}
        self.constants: dict[str, ConstDecl] = {}
        self.loop_labels: dict[int, StringAttr] = {}
        self.overflow = OVERFLOW_MODES[options.overflow]
        self.result_type: TypeId = body.result
        self.n_ops = 0
        self.n_lambdas = 0
        self.holds_locals = shows_drops(program) or any(local.is_addressed for local in body.locals)
        """Whether some locals may have to be held until their scopes are left."""
        self.n_scopes = 0
        """How many scopes around that have something to do when they are left."""
        self.for_c: list[Operation] = []
        """Functions by which C calls functions of this module, and types of C functions called by address."""
        self.helping: list[Operation] = []
        """Functions that this one needs and nobody wrote."""
        self.n_callers = 0
        """How many bodies this one is emitted into, one in the other."""
        self.location: LocationAttr = UNKNOWN_LOC
        self._file = string_attr(body.module.source.path)
        self.block: Block

    # Expressions

    def emit(self, node: int) -> SSAValue | None:
        """The ops of a statement or an expression; its value if it has one."""
        found = self.emitters[self.kind[node]](self, node)
        return self.convert(self, node, found) if node in self.conversions else found

    def converted(self, node: int, found: SSAValue) -> SSAValue:
        """A value as what it becomes by itself where it stands."""
        return self.convert(self, node, found) if node in self.conversions else found

    def value(self, node: int) -> SSAValue:
        """The ops of an expression, and its value."""
        found = self.emitters[self.kind[node]](self, node)
        if node in self.conversions:
            found = self.convert(self, node, found)
        if found is None:
            raise Diverged
        return found

    def put_back(self, n_before: int) -> None:
        """Put places right that were lent to a call; before it, so many were."""
        for action in self.lent[n_before:]:
            action()
        del self.lent[n_before:]

    def value_as(self, node: int, want: Attribute) -> SSAValue:
        """The value of an expression as the IR type of the place it goes to."""
        found = self.emitters[self.kind[node]](self, node)
        if node in self.conversions:
            found = self.convert(self, node, found)
        if found is None:
            raise Diverged
        return found if found.type is want else self.coerce(found, want)

    def coerce(self, found: SSAValue, want: Attribute) -> SSAValue:
        """Types that convert by themselves share a word: `Char` and `Int`, a `String` and its address."""
        given = found.type
        if given is want or given == want:
            return found
        if (given == char and want == si64) or (given == si64 and want == char):
            return self.make(CastOp, (found,), want)
        return self.make(ReinterpretOp, (found,), want)

    def local_value(self, local: int) -> SSAValue:
        """What stands for a local here: its value, or its cell."""
        found = self.values[local]
        assert found is not None
        return found

    # Ops

    def make(
        self,
        cls: type[Operation],
        operands: Sequence[SSAValue],
        result: Attribute,
        properties: dict[str, Attribute] = NO_PROPERTIES,
    ) -> OpResult:
        """An op with one result that cannot panic."""
        self.n_ops += 1
        return append_value(self.block, cls, operands, result, properties, self.location)

    def make_at(
        self,
        node: int,
        cls: type[Operation],
        operands: Sequence[SSAValue],
        result: Attribute,
        properties: dict[str, Attribute] = NO_PROPERTIES,
    ) -> OpResult:
        """An op that may panic: it knows its place in the source."""
        self.n_ops += 1
        return append_value(self.block, cls, operands, result, properties, self.locate(node))

    def do(
        self,
        cls: type[Operation],
        operands: Sequence[SSAValue] = (),
        properties: dict[str, Attribute] = NO_PROPERTIES,
        results: Sequence[Attribute] = (),
        regions: tuple[Region, ...] = (),
        location: LocationAttr | None = None,
    ) -> Operation:
        """Any other op."""
        self.n_ops += 1
        where = self.location if location is None else location
        op = detached_op(cls, operands, results, properties, where, (), regions)
        attach_last(self.block, op)
        return op

    def end(
        self,
        cls: type[Operation],
        operands: Sequence[SSAValue] = (),
        properties: dict[str, Attribute] = NO_PROPERTIES,
    ) -> Diverged:
        """A terminator in the middle of things: raise what this returns."""
        self.do(cls, operands, properties)
        return Diverged()

    def unreachable(self) -> Diverged:
        return self.end(UnreachableOp)

    def locate(self, node: int) -> LocationAttr:
        """The place of a node's main token."""
        tokens = self.body.module.tokens
        line, column = tokens.source.line_col(tokens.start[tokens.written(self.token[node])])
        return file_location(self._file, line, column)

    # Regions

    def region(self, fill: Callable[[], Sequence[SSAValue]], arguments: Sequence[Attribute] = ()) -> Region:
        """A region whose one block ``fill`` fills; what it returns is yielded unless control never gets
        there."""
        region, block = region_with_block(arguments)
        outer = self.block
        self.block = block
        try:
            self.do(YieldOp, tuple(fill()))
        except Diverged:
            pass
        finally:
            self.block = outer
        return region

    def label(self, loop: int) -> StringAttr:
        """The name by which `break` and `continue` find the loop."""
        found = self.loop_labels.get(loop)
        if found is None:
            found = self.loop_labels[loop] = string_attr(f"l{len(self.loop_labels)}")
        return found
