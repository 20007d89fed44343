"""The innermost loops in LLVM's text: which instructions stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FUNCTION = re.compile(r'^define .*?@("?)([^"(]+)\1\(')
_LABEL = re.compile(r'^("?)([\w.$]+)\1:')
_TARGET = re.compile(r'label %"?([\w.$]+)"?')

Blocks = dict[str, list[str]]


def functions(text: str) -> Iterator[tuple[str, Blocks]]:
    """The functions that a module defines: the instructions of each block by its label."""
    name, blocks, label = "", dict[str, list[str]](), ""
    for line in text.splitlines():
        if found := _FUNCTION.match(line):
            name, blocks, label = found[2], {"": []}, ""
        elif line == "}":
            yield name, blocks
        elif found := _LABEL.match(line):
            label = found[2]
            blocks[label] = []
        elif name and line.startswith("  "):
            blocks[label].append(line.strip())


def innermost_loops(blocks: Blocks) -> list[set[str]]:
    """The labels of the blocks of each loop that has no loop in it."""
    edges = {label: _targets(lines) & blocks.keys() for label, lines in blocks.items()}
    return list(_innermost(set(blocks), edges))


def _targets(lines: list[str]) -> set[str]:
    """Where a block may go on: what its terminator names, which for a switch are several lines."""
    return {target for line in lines if " phi " not in line for target in _TARGET.findall(line)}


def _innermost(labels: set[str], edges: dict[str, set[str]]) -> Iterator[set[str]]:
    for loop in _cycles(labels, edges):
        header = next(
            (label for label in sorted(loop) if any(label in edges[other] for other in edges.keys() - loop)),
            min(loop),
        )
        inner = list(_innermost(loop - {header}, edges))
        yield from inner or [loop]


def _cycles(labels: set[str], edges: dict[str, set[str]]) -> Iterator[set[str]]:
    """The largest sets of blocks that can all be reached from one another (Kosaraju: two walks)."""
    order: list[str] = []
    seen: set[str] = set()
    for start in sorted(labels):
        stack = [(start, iter(()), True)]
        while stack:
            label, rest, is_new = stack.pop()
            if is_new:
                if label in seen:
                    continue
                seen.add(label)
                rest = iter(sorted(edges[label] & labels))
            following = next(rest, None)
            if following is None:
                order.append(label)
            else:
                stack += [(label, rest, False), (following, iter(()), True)]
    back: dict[str, set[str]] = {label: set() for label in labels}
    for label in labels:
        for target in edges[label] & labels:
            back[target].add(label)
    done: set[str] = set()
    for start in reversed(order):
        component, pending = set[str](), [start]
        while pending:
            label = pending.pop()
            if label not in done:
                done.add(label)
                component.add(label)
                pending += back[label] - done
        if len(component) > 1 or any(label in edges[label] for label in component):
            yield component
