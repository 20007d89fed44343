"""Which emitter makes the ops of which kind of node."""

from qz.irgen import assignments, expressions, lent_places, remembered, statements
from qz.irgen.builder import Builder, Emitter
from qz.irgen.calls import generators, lambdas, tasks
from qz.irgen.calls.calls import call
from qz.irgen.data import changed_copies, options, tuples
from qz.irgen.data.map_literals import map_literal
from qz.irgen.loops import comprehensions, counting, loops, membership, select
from qz.irgen.matching import conditions, destructuring, matches
from qz.sema.resolve.resolver import SPINE
from qz.syntax.nodes import NodeKind

K = NodeKind

BY_KIND: dict[NodeKind, Emitter] = {
    K.INT: expressions.integer,
    K.FLOAT: expressions.floating,
    K.CHAR: expressions.character,
    K.TRUE: expressions.true,
    K.FALSE: expressions.false,
    K.STRING: expressions.text,
    K.SYMBOL: expressions.symbol,
    K.NIL: expressions.nil,
    K.INTERPOLATION: expressions.interpolation,
    K.NEG: expressions.negation,
    K.NOT: expressions.logical_not,
    K.BIT_NOT: expressions.bit_not,
    K.IDENT: expressions.ident,
    K.SELF: expressions.ident,
    K.PATH: expressions.path,
    K.COMPTIME: expressions.comptime,
    K.FIELD: expressions.field,
    K.INDEX: expressions.index,
    K.CAST: expressions.cast,
    K.REF: lent_places.reference,
    K.REF_MUT: lent_places.reference,
    K.VEC_LIT: expressions.vec_literal,
    K.TUPLE: tuples.literal,
    K.GO: tasks.go,
    K.ASYNC: tasks.go,
    K.AWAIT: tasks.await_,
    K.SELECT: select.select,
    K.ONCE: remembered.once,
    K.AGAIN: remembered.again,
    K.TAP: remembered.tap,
    K.BEHIND: remembered.behind,
    K.STRUCT_LIT: expressions.struct_literal,
    K.MAP_LIT: map_literal,
    K.WITH: changed_copies.with_,
    K.RECORD_LIT: expressions.record_literal,
    K.CALL: call,
    K.RANGE: counting.range_value,
    K.RANGE_INCLUSIVE: counting.range_value,
    K.RANGE_STEP: counting.range_value,
    K.IN: membership.in_,
    K.LAMBDA: lambdas.lambda_,
    K.LAMBDA_IT: lambdas.lambda_,
    K.BLOCK: statements.block,
    K.VAR: statements.var,
    K.LET: statements.var,
    K.ASSIGN: assignments.assign,
    K.DESTRUCTURE: destructuring.destructure,
    K.VAR_PATTERN: destructuring.destructure,
    K.ASSIGN_OP: assignments.assign_op,
    K.RETURN: statements.return_,
    K.DEFER: statements.defer,
    K.BREAK: loops.break_,
    K.CONTINUE: loops.continue_,
    K.IF: statements.if_,
    K.MATCH: matches.match,
    K.CLAUSES: matches.clauses,
    K.UNWRAP: options.unwrap,
    K.TRY: options.try_,
    K.COALESCE: options.coalesce,
    K.OPT_VALUE: options.held_value,
    K.OPT_FIELD: options.optional_field,
    K.IS: conditions.is_,
    K.WHILE: loops.while_,
    K.LOOP: loops.while_,
    K.LABELED: loops.labeled,
    K.YIELD: generators.yield_,
    K.FOR: loops.for_,
    K.COMPREHENSION: comprehensions.comprehension,
    K.COLLECT: comprehensions.collect,
}


def _not_checked(b: Builder, node: int) -> None:
    raise AssertionError(f"{K(b.kind[node]).name} reached irgen: the checker must refuse it")


EMITTERS: list[Emitter] = [BY_KIND.get(kind, _not_checked) for kind in K]
for _kind in SPINE:
    EMITTERS[_kind] = expressions.binary
