"""Which calls of an optimised function LLVM may inline.

What takes, shares and gives back memory is a few instructions for the usual case and a call for the other.
Inlined, it is fast; but there is one of them for every dozen instructions of a program, and inlined
everywhere they are most of what LLVM has to work on. So they are inlined where they count: in small
functions, which may be called often, and in small loops. The rest of a large function calls them.

    b7:                                            b7:
      call void @rt.count$drop(i64 %12)              call void @rt.count$drop(i64 %12) #4
      …                                              …
    b8:                                            b8:
      call void @rt.count$drop(i64 %20)              call void @rt.count$drop(i64 %20)
      %21 = call i64 @app$scaled(i64 %19)            %21 = call i64 @app$scaled(i64 %19) #5
      %22 = icmp slt i64 %21, 100                    %22 = icmp slt i64 %21, 100
      br i1 %22, label %b8, label %b9                br i1 %22, label %b8, label %b9

Other calls in small loops are worth more to the inliner than those elsewhere.
"""

import re
from typing import NamedTuple

from lowering.emit_llvm.attribute_groups import OFTEN_CALLED, RARELY_CALLED
from lowering.emit_llvm.symbols import symbol
from lowering.runtime_abi import (
    ALLOC,
    ALLOC_DESCRIBED,
    ALLOC_DROPPED,
    ALLOC_IN,
    DROP,
    DROP_WORD,
    DUP,
    DUP_WORD,
    EMPTIED,
    VEC_DROP_ELEMENTS,
    VEC_DROP_ROOM,
)

_SMALL = 96
"""Lines. What is longer does enough for a call more or less not to show."""

_GLUE = frozenset(
    symbol(function.symbol)
    for function in (
        ALLOC,
        ALLOC_DESCRIBED,
        ALLOC_DROPPED,
        ALLOC_IN,
        DUP,
        DUP_WORD,
        DROP,
        DROP_WORD,
        EMPTIED,
        VEC_DROP_ELEMENTS,
        VEC_DROP_ROOM,
    )
)
"""Not what makes a vector: inlined, it says how long the vector is, which saves checks."""

_LABEL_BRANCH_OR_CALL = re.compile(
    r"^(b\d+):|label %(b\d+)|^  (?:%\w+ = )?call [^\n@%]*(@[^(]+)\([^\n]*\)$", re.M
)


class _Call(NamedTuple):
    """A direct call: the line it is in, where that ends, and the symbol."""

    line: int
    end: int
    callee: str


def weighed(text: str) -> str:
    """The definition of a function with its calls marked."""
    n_lines = text.count("\n")
    is_in_small_loop = bytearray(n_lines + 1)  # by line
    places: dict[str, int] = {}
    calls: list[_Call] = []
    line = end = 0
    for found in _LABEL_BRANCH_OR_CALL.finditer(text):
        line += text.count("\n", end, found.start())
        end = found.start()
        label, target, callee = found.groups()
        if label is not None:
            places[label] = line
        elif callee is not None:
            calls.append(_Call(line, found.end(), callee))
        elif target in places:
            first = places[target]
            if line - first <= _SMALL:
                is_in_small_loop[first:line] = b"\1" * (line - first)
    return _marked(text, calls, is_in_small_loop)


def _marked(text: str, calls: list[_Call], is_in_small_loop: bytearray) -> str:
    is_small = len(is_in_small_loop) <= _SMALL
    parts: list[str] = []
    end = 0
    for call in calls:
        is_often_run = is_in_small_loop[call.line]
        is_glue = call.callee in _GLUE
        if is_glue and not (is_often_run or is_small):
            mark = RARELY_CALLED
        elif is_often_run and not is_glue:
            mark = OFTEN_CALLED
        else:
            continue
        parts += (text[end : call.end], " ", mark)
        end = call.end
    return "".join([*parts, text[end:]])
