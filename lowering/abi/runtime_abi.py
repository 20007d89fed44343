"""The runtime functions that lowered code calls: names, parameter counts and LLVM attributes.

They are Quartz functions (modules `rt.*` of the standard library), so every parameter and every result
is one `i64`. A lowering names an entry of this table and never spells a symbol itself.
"""

from dataclasses import dataclass
from enum import IntEnum


class OverflowCode(IntEnum):
    """Which operation overflowed, as `rt.panic$overflow` is told."""

    ADD = 0
    SUB = 1
    MUL = 2
    NEG = 3
    DIV = 4


@dataclass(frozen=True, slots=True)
class RuntimeFunction:
    """One function of the runtime."""

    symbol: str
    n_parameters: int
    has_result: bool = True
    never_returns: bool = False
    rarely_called: bool = False


ALLOC = RuntimeFunction("rt.memory$alloc", 2)
ALLOC_DESCRIBED = RuntimeFunction("rt.memory$alloc_described", 3)
ALLOC_DROPPED = RuntimeFunction("rt.memory$alloc_dropped", 4)
ALLOC_IN = RuntimeFunction("rt.memory$alloc_in", 3)
ARENA_TAKE = RuntimeFunction("rt.arena$take", 2)
ARENA_HOLD = RuntimeFunction("rt.arena$hold", 2, has_result=False)
ARENA_HOLD_WORD = RuntimeFunction("rt.arena$hold_word", 2, has_result=False)
VEC_NEW = RuntimeFunction("rt.vec$new", 2)
VEC_GROW = RuntimeFunction("rt.vec$grow", 1, has_result=False, rarely_called=True)
VEC_FILLED = RuntimeFunction("rt.vec$filled", 3)
VEC_ROOM = RuntimeFunction("rt.vec$room", 2)
VEC_FILLED_ROOM = RuntimeFunction("rt.vec$filled_room", 3)
VEC_LARGER = RuntimeFunction("rt.vec$larger", 2)
VEC_MOVED = RuntimeFunction("rt.vec$moved", 4, rarely_called=True)
VEC_DROP_ROOM = RuntimeFunction("rt.vec$drop_room", 4, has_result=False)
VEC_DROP_ELEMENTS = RuntimeFunction("rt.vec$drop_elements", 3, has_result=False)
VEC_OWN = RuntimeFunction("rt.vec$own", 1)
VEC_CLEAR = RuntimeFunction("rt.vec$clear", 1, has_result=False)
DUP = RuntimeFunction("rt.count$dup", 1, has_result=False)
DROP = RuntimeFunction("rt.count$drop", 1, has_result=False)
DUP_WORD = RuntimeFunction("rt.count$dup_word", 1, has_result=False)
DROP_WORD = RuntimeFunction("rt.count$drop_word", 1, has_result=False)
EMPTIED = RuntimeFunction("rt.count$emptied", 2)
STRING_CONCAT2 = RuntimeFunction("rt.string$concat2", 2)
STRING_CONCAT_N = RuntimeFunction("rt.string$concat_n", 2)
STRING_EXTENDED = RuntimeFunction("rt.string$extended", 3)
STRING_EQUAL = RuntimeFunction("rt.string$equal", 2)
STRING_COMPARE = RuntimeFunction("rt.string$compare", 2)
STRING_CODE_POINT_AT = RuntimeFunction("rt.string$code_point_at", 2)
STRING_NEXT_CODE_POINT = RuntimeFunction("rt.string$next_code_point", 2)
SHOW_INT = RuntimeFunction("rt.show$int", 1)
SHOW_INT_IN = RuntimeFunction("rt.show$int_in", 2)
SHOW_UNSIGNED = RuntimeFunction("rt.show$unsigned", 1)
SHOW_F64 = RuntimeFunction("rt.show$f64", 1)
SHOW_F32 = RuntimeFunction("rt.show$f32", 1)
SHOW_BOOL = RuntimeFunction("rt.show$bool", 1)
PANIC_BOUNDS = RuntimeFunction("rt.panic$bounds", 4, has_result=False, never_returns=True)
PANIC_OVERFLOW = RuntimeFunction("rt.panic$overflow", 3, has_result=False, never_returns=True)
PANIC_DIVISION = RuntimeFunction("rt.panic$division", 2, has_result=False, never_returns=True)
PANIC_MESSAGE = RuntimeFunction("rt.panic$message", 3, has_result=False, never_returns=True)
START_INIT = RuntimeFunction("rt.start$init", 2, has_result=False)
START_ARGS = RuntimeFunction("rt.start$args", 0)
START_FINISH = RuntimeFunction("rt.start$finish", 0, has_result=False)

RUNTIME_FUNCTIONS: dict[str, RuntimeFunction] = {
    function.symbol: function
    for function in (
        ALLOC,
        ALLOC_DESCRIBED,
        ALLOC_DROPPED,
        ALLOC_IN,
        ARENA_TAKE,
        ARENA_HOLD,
        ARENA_HOLD_WORD,
        VEC_NEW,
        VEC_GROW,
        VEC_FILLED,
        VEC_ROOM,
        VEC_FILLED_ROOM,
        VEC_LARGER,
        VEC_MOVED,
        VEC_DROP_ROOM,
        VEC_DROP_ELEMENTS,
        VEC_OWN,
        VEC_CLEAR,
        DUP,
        DROP,
        DUP_WORD,
        DROP_WORD,
        EMPTIED,
        STRING_CONCAT2,
        STRING_CONCAT_N,
        STRING_EXTENDED,
        STRING_EQUAL,
        STRING_COMPARE,
        STRING_CODE_POINT_AT,
        STRING_NEXT_CODE_POINT,
        SHOW_INT,
        SHOW_INT_IN,
        SHOW_UNSIGNED,
        SHOW_F64,
        SHOW_F32,
        SHOW_BOOL,
        PANIC_BOUNDS,
        PANIC_OVERFLOW,
        PANIC_DIVISION,
        PANIC_MESSAGE,
        START_INIT,
        START_ARGS,
        START_FINISH,
    )
}

RUNTIME_TABLES: dict[str, int] = {
    "rt.memory$free_lists": 65,
    "rt.kept$table": 8,
    "rt.panic$spare_stack": 8192,
    "rt.string$letters": 384,
}
"""Tables of the runtime, by how many words they have: Quartz has variables of one word only."""
