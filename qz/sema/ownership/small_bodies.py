"""What holds of a function if it holds of its body and of all that this calls.

Only what is short is looked into, and once: most functions are told apart by their tokens, without being
parsed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from qz.sema.body import Body
from qz.sema.decls import FunctionDecl
from qz.sema.ownership.holding import has_own_body
from qz.sema.program import Program
from qz.syntax.views import FUNCTIONS, FnView

Called: TypeAlias = tuple[FunctionDecl, ...]
Look: TypeAlias = Callable[[FunctionDecl, Body, int], Called | None]
"""Given a function, its body and the node of its block: what it calls, or None if it is of another kind."""

MAX_FUNCTIONS = 16
"""How many are looked into for one."""


class SmallBodies:
    """Answers for every function of the program, and remembers."""

    def __init__(self, program: Program, name: str, max_tokens: int, never: bytes, look: Look) -> None:
        """``name`` is how the answer is called where others depend on it; functions of more than
        ``max_tokens``, or with one of the tokens in ``never``, are of another kind."""
        self.program = program
        self._name = name
        self._max_tokens = max_tokens
        self._never = never
        self._look = look
        self._known: dict[int, Called | None] = {}

    def reached(self, function: FunctionDecl) -> set[int] | None:
        """The numbers of all functions that a function may call, its own if it comes back to itself; None
        if it, or one of them, is of another kind."""
        seen: set[int] = set()
        pending = [function]
        for called in pending:  # grows
            calls = self._calls_of(called)
            if calls is None or len(pending) > MAX_FUNCTIONS:
                return None
            for further in calls:
                if further.id not in seen:
                    seen.add(further.id)
                    pending.append(further)
        return seen

    def _calls_of(self, function: FunctionDecl) -> Called | None:
        if function.id in self._known:
            self.program.reads.again(self._name, function.id)
        else:
            with self.program.reads.of(self._name, function.id):
                self._known[function.id] = self._find(function)
        return self._known[function.id]

    def _find(self, function: FunctionDecl) -> Called | None:
        if function.module.is_runtime or not has_own_body(self.program, function):
            return None
        if function.clauses or function.is_generator:
            return None
        items = function.module.items
        first, last = items.first[function.item], items.last[function.item]
        if last - first > self._max_tokens:
            return None
        tokens = function.module.tokens.kinds[first : last + 1]
        if len(tokens.translate(None, self._never)) < len(tokens):
            return None
        with self.program.queries.bodies.ahead(function) as body:
            if not body.is_clean or body.yields or body.lambdas:
                return None
            if body.arena.kind[body.root] not in FUNCTIONS:
                return None
            return self._look(function, body, FnView(body.arena, body.root).body)
