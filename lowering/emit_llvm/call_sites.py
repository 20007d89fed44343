"""Which calls of an optimised function LLVM may inline.

What takes, shares and gives back memory is a few instructions for the usual case and a call for the other.
Inlined, it is fast; but there is one of them for every dozen instructions of a program, and inlined
everywhere they are most of what LLVM has to work on. So they are inlined where they count: in small
functions, which may be called often, and in small loops. The rest of a large function calls them.

    b7:                                            b7:
      call void @rt.count$drop(i64 %12)              call void @rt.count$drop(i64 %12) #4
      %15 = call i64 @app$shown(i64 %14)             %15 = call i64 @app$shown(i64 %14) #5
      …                                              …
    b8:                                            b8:
      call void @rt.count$drop(i64 %20)              call void @rt.count$drop(i64 %20)
      %21 = call i64 @app$scaled(i64 %19)            %21 = call i64 @app$scaled(i64 %19)
      %22 = icmp slt i64 %21, 100                    %22 = icmp slt i64 %21, 100
      br i1 %22, label %b8, label %b9                br i1 %22, label %b8, label %b9

In a program of many units there is less of both: memory is called in all but the smallest functions and
loops, and other calls in straight lines are inlined only where that takes next to no room. That is so for a
loop in the callee which is given a function: what it does is known then.
"""

import re
from itertools import pairwise
from typing import NamedTuple

from lowering.abi.runtime_abi import (
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
    VEC_ROOM,
)
from lowering.emit_llvm.attribute_groups import RARELY_CALLED, SELDOM_CALLED, SOMETIMES_CALLED
from lowering.emit_llvm.loops import sizes_of_loops
from lowering.emit_llvm.symbols import symbol

_SMALL = 96
"""Lines. What is longer does enough for a call more or less not to show."""

_SMALLEST = 32
"""Lines."""

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
        VEC_ROOM,
    )
)
"""Not what makes a vector with a header: inlined, it says how long the vector is, which saves checks."""

_LABEL_BRANCH_OR_CALL = re.compile(
    r"\n(?:(b\d+):|  (?:br|switch) ([^\n]*)|  (?:%\w+ = )?call [^\n@%]*(@[^(]+)\([^\n]*\)(?=\n))"
)
"""From the end of the line before, since what begins with a fixed character is found fast."""

_TARGET = re.compile(r"label %(b\d+)")


class _Call(NamedTuple):
    """A direct call: the block it is in, by its place in the text, where its line ends, and the symbol."""

    block: int
    end: int
    callee: str


def weighed(text: str) -> str:
    """The definition of a function with its calls marked."""
    n_lines = text.count("\n")
    if n_lines <= _SMALLEST:
        return text
    labels: list[str] = []
    first_lines: list[int] = []
    targets: list[list[str]] = []
    calls: list[_Call] = []
    line = end = 0
    for found in _LABEL_BRANCH_OR_CALL.finditer(text):
        label, branch, callee = found.groups()
        if label is not None:
            line += text.count("\n", end, found.start(1))
            end = found.start(1)
            labels.append(label)
            first_lines.append(line)
            targets.append([])
        elif callee is not None:
            calls.append(_Call(len(labels) - 1, found.end(), callee))
        else:
            targets[-1] += _TARGET.findall(branch)
    places = {label: place for place, label in enumerate(labels)}
    successors = [[places[label] for label in leads_to] for leads_to in targets]
    sizes = [after - first for first, after in pairwise([*first_lines, n_lines])]
    around = sizes_of_loops(successors, sizes)
    parts: list[str] = []
    end = 0
    for call in calls:
        mark = _mark(call.callee in _GLUE, min(around.get(call.block, n_lines), n_lines))
        if mark:
            parts += (text[end : call.end], " ", mark)
            end = call.end
    return "".join([*parts, text[end:]])


def _mark(is_glue: bool, n_lines: int) -> str:
    """That of a call in a loop or a function that is this long."""
    if n_lines > _SMALL:
        return RARELY_CALLED if is_glue else SELDOM_CALLED
    return SOMETIMES_CALLED if is_glue and n_lines > _SMALLEST else ""
