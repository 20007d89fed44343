"""The loops of a function, found in where its blocks lead to.

Blocks are numbers from 0, the entry, in the order of the text. That a branch leads back in the text makes no
loop: a block that is put between two others stands behind all of them.
"""

from collections.abc import Sequence


def sizes_of_loops(successors: Sequence[Sequence[int]], sizes: Sequence[int]) -> dict[int, int]:
    """By block, how much of what ``sizes`` counts is in the smallest loop around it, if there is one."""
    if all(following > block for block, found in enumerate(successors) for following in found):
        return {}
    predecessors: list[list[int]] = [[] for _ in successors]
    for block, found in enumerate(successors):
        for following in found:
            predecessors[following].append(block)
    smallest: dict[int, int] = {}
    for header, latches in _back_edges(successors).items():
        loop = _loop(header, latches, predecessors)
        size = sum([sizes[block] for block in loop])
        for block in loop:
            smallest[block] = min(size, smallest.get(block, size))
    return smallest


def _back_edges(successors: Sequence[Sequence[int]]) -> dict[int, list[int]]:
    """By the block where a loop begins, those that lead back to it."""
    found: dict[int, list[int]] = {}
    is_seen = bytearray(len(successors))
    is_open = bytearray(len(successors))  # on the path from the entry
    is_seen[0] = is_open[0] = 1
    path = [(0, iter(successors[0]))]
    while path:
        block, following = path[-1]
        for target in following:
            if is_open[target]:
                found.setdefault(target, []).append(block)
            elif not is_seen[target]:
                is_seen[target] = is_open[target] = 1
                path.append((target, iter(successors[target])))
                break
        else:
            is_open[block] = 0
            path.pop()
    return found


def _loop(header: int, latches: Sequence[int], predecessors: Sequence[Sequence[int]]) -> set[int]:
    """The blocks from which ``header`` can be reached again without passing it."""
    loop = {header}
    pending = list(latches)
    while pending:
        block = pending.pop()
        if block not in loop:
            loop.add(block)
            pending += predecessors[block]
    return loop
