"""Which rule checks which kind of node. A kind that is not here was refused by the resolver."""

from qz.sema.check import (
    branches,
    destructuring,
    lambdas,
    literals,
    loops,
    map_literals,
    matches,
    membership,
    names,
    operators,
    options,
    records,
    statements,
    tuples,
)
from qz.sema.check.calls import call
from qz.sema.check.checker import Rule
from qz.sema.resolve import SPINE
from qz.syntax.nodes import NodeKind

K = NodeKind

BY_KIND: dict[NodeKind, Rule] = {
    K.INT: literals.integer,
    K.FLOAT: literals.floating,
    K.CHAR: literals.char,
    K.TRUE: literals.boolean,
    K.FALSE: literals.boolean,
    K.STRING: literals.string,
    K.INTERPOLATION: literals.interpolation,
    K.NEG: literals.negation,
    K.NOT: literals.logical_not,
    K.BIT_NOT: literals.bit_not,
    K.IDENT: names.ident,
    K.SELF: names.ident,
    K.PATH: names.path,
    K.FIELD: names.field,
    K.INDEX: names.index,
    K.CAST: names.cast,
    K.VEC_LIT: names.vec_literal,
    K.TUPLE: tuples.literal,
    K.STRUCT_LIT: names.struct_literal,
    K.MAP_LIT: map_literals.map_literal,
    K.RECORD_LIT: records.record_literal,
    K.FIELD_INIT: names.ident,
    K.CALL: call,
    K.RANGE: loops.range_value,
    K.RANGE_INCLUSIVE: loops.range_value,
    K.RANGE_STEP: loops.range_value,
    K.IN: membership.in_,
    K.COMPTIME: statements.comptime,
    K.LAMBDA: lambdas.lambda_,
    K.LAMBDA_IT: lambdas.lambda_,
    K.IF: branches.if_,
    K.MATCH: matches.match,
    K.UNWRAP: options.unwrap,
    K.TRY: options.try_,
    K.COALESCE: options.coalesce,
    K.OPT_VALUE: options.held_value,
    K.OPT_FIELD: options.optional_field,
    K.IS: matches.is_,
    K.BLOCK: statements.block,
    K.VAR: statements.var,
    K.LET: statements.var,
    K.ASSIGN: statements.assign,
    K.ASSIGN_OP: statements.assign_op,
    K.DESTRUCTURE: destructuring.destructure,
    K.RETURN: statements.return_,
    K.DEFER: statements.defer,
    K.BREAK: loops.jump,
    K.CONTINUE: loops.jump,
    K.WHILE: loops.while_,
    K.LOOP: loops.while_,
    K.LABELED: loops.labeled,
    K.FOR: loops.for_,
}

RULES: list[Rule] = [BY_KIND.get(kind, statements.poison) for kind in K]
for _kind in SPINE:
    RULES[_kind] = operators.binary
