"""References: nothing is changed through `&T`, and what is only lent is not kept.

A reference is the value itself, so its type is that of the value; that it is one is known of parameters,
results and locals. This walk over a checked body follows what is reached through them: fields, elements,
what patterns bind. A value in which nothing can ever change, a number or a text, is no longer lent once it
is read. Whatever is not known to look only, may keep and change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, NamedTuple

from qz.base.source import Span
from qz.diagnostics.model import Note
from qz.sema.body import DEFAULT_ARGUMENT, Body, CallPlan
from qz.sema.data.parts import all_parts
from qz.sema.decls import DerivedDecl, FunctionDecl
from qz.sema.ownership.arenas import makes_in_arena
from qz.sema.ownership.kept import find_kept
from qz.sema.ownership.lending import Borrow, param_borrow, result_borrow
from qz.sema.ownership.origins import Origin, Origins
from qz.sema.ownership.reading import functions_given, lends_all
from qz.sema.ownership.value_uses import CHANGING
from qz.sema.program import Program
from qz.sema.type_syntax.references import lies_in_place, strip
from qz.sema.types import TypeId, TypeKind
from qz.syntax.extent import extent
from qz.syntax.nodes import LAMBDAS, NodeKind
from qz.syntax.shapes import children
from qz.syntax.views import FUNCTIONS, FnView, code_of

K = NodeKind

HOLDERS = frozenset({K.VEC_LIT, K.RECORD_LIT, K.STRUCT_LIT, K.MAP_ENTRY, K.TUPLE, K.WITH, K.COLLECT, K.YIELD})
"""What keeps the values of its parts."""
KEEPING = frozenset({"vec_filled", "rt.weak$new"})
"""Intrinsics that keep what they are given, besides those that change something."""


class LentOn(NamedTuple):
    """What a function is lent parts of, and which types such parts may have."""

    of: Origin
    types: set[TypeId]


def check_borrows(program: Program, function: FunctionDecl, body: Body) -> None:
    """Report what a function does with references that it must not."""
    walk = Walk(program, function, body)
    walk.run(report=False)  # what a loop binds late is lent to what stands before it
    walk.run(report=True)


class Walk:
    """One body, and where its values come from."""

    def __init__(self, program: Program, function: FunctionDecl, body: Body) -> None:
        self.program = program
        self.function = function
        self.body = body
        self.arena = body.arena
        self.tree = tree = body.tree
        self.kind, self.lhs, self.rhs = tree.kind, tree.lhs, tree.rhs
        self.signature = program.queries.signature(function)
        self.origins = Origins(program, body)
        for local, param in zip(body.params, self.signature.params, strict=False):
            if param.borrow:
                self.origins.by_local[local] = Origin(param.borrow, local)
        for local, pattern in body.taken_apart.items():
            self._bind_pattern(pattern, self.origins.by_local.get(local))
        self.lent_on: dict[int, list[LentOn]] = {}
        """The lambdas whose parameters may be parts of something lent, with what that is."""
        self.in_arenas: set[int] = set()
        """The new values that are parts of what is made in an arena."""
        self.reports = False
        self.result_annotation = self._result_annotation()
        if body.lambdas:
            find_kept(program, body)

    def run(self, *, report: bool) -> None:
        self.reports = report
        code = code_of(self.tree, self.body.root)
        pending = [code]
        while pending:
            node = pending.pop()
            if node < 0:
                self._bind_value(-node)
                continue
            self._visit(node)
            if self.kind[node] in (K.VAR, K.LET, K.ASSIGN):
                pending.append(-node)
            pending.extend(reversed(children(self.tree, node)))
        if self.body.yields:
            self._generator(self.body.yields[0])
        elif not self.signature.result_borrow and not self.origins.is_free(self.body.result):
            if self.function.default_of < 0 or not strip(self.arena, self.result_annotation)[1]:
                self._escapes(self.origins.last(code), "returned")
        elif self.signature.result_borrow:
            self._outlives(self.origins.last(code), self.result_annotation)

    def _generator(self, node: int) -> None:
        """A generator goes on when the call that something was lent for is over."""
        for local in self.body.params:
            found = self.origins.by_local.get(local)
            is_place = self.body.locals[local].is_in_place
            if found is not None and (is_place or not self.origins.is_free(self.body.locals[local].type)):
                help_text = "take it without `&`: a generator keeps what it is given"
                self._report(
                    "QZ1203", self.body.span(node), found, help_text=help_text, what="kept by the generator"
                )

    # What names stand for

    def _bind_value(self, node: int) -> None:
        """`x = e`, once what is in `e` was seen."""
        local = self.body.decls[node] - 1
        value = self.rhs[node]
        target = self.lhs[node]
        if self.kind[node] == K.ASSIGN and local < 0:
            if self.kind[target] != K.IDENT:
                return
            local = self.body.decls[target] - 1
            if local < 0:
                return
        found = self.origins.of(value)
        if self.kind[node] != K.ASSIGN and target and found is None:
            borrow = strip(self.arena, target)[1]
            found = Origin(borrow, local, is_own=True) if borrow else None
        if found is not None:
            self.origins.by_local[local] = found

    def _bind_pattern(self, pattern: int, found: Origin | None) -> None:
        """What a pattern binds of something lent is lent as well, unless it cannot change."""
        if found is None:
            return
        pending = [pattern]
        for node in pending:
            local = self.body.narrowed.get(node, self.body.decls[node] - 1)
            if local >= 0 and not self.origins.is_free(self.body.locals[local].type):
                self.origins.by_local.setdefault(local, found)
            pending.extend(children(self.tree, node))

    # What is done

    def _visit(self, node: int) -> None:
        body, kind = self.body, self.kind[node]
        plan = body.calls.get(node)
        if plan is not None:
            self._arguments(plan)
        elif kind == K.CALL and node not in body.variants:
            self._unknown_call(node)
        if plan is not None and makes_in_arena(plan):
            self._made_in_arena(plan)
        if kind in HOLDERS and kind != K.TUPLE and plan is None and node not in self.in_arenas:
            for part in self._parts(node):
                self._escapes(part, "kept in a new value")
        elif kind in self.visits:
            self.visits[kind](self, node)

    def _made_in_arena(self, plan: CallPlan) -> None:
        """`arena.new(e)`: what is new in `e` may have parts that were made in the same arena."""
        arena = self.origins.root_of_arena(plan.args[0])
        pending = [plan.args[1]]
        for node in pending:
            if self.kind[node] in HOLDERS:
                self.in_arenas.add(node)
                pending += self._parts(node)
            elif node in self.body.variants:
                pending += self.origins.variant_parts(node)
            else:
                found = self.origins.of(node)
                if found is not None and found.root != arena:
                    self._escapes(node, "kept in an arena")

    def _parts(self, node: int) -> Iterable[int]:
        for part in children(self.tree, node):
            if self.kind[node] != K.WITH or part != self.lhs[node]:
                yield self.lhs[part] if self.kind[part] == K.FIELD_INIT else part

    def _assignment(self, node: int) -> None:
        target = self.lhs[node]
        if self.kind[target] in (K.FIELD, K.INDEX):
            self._changes(self.lhs[target], target)
            self._escapes(self.rhs[node], "stored")
        elif self.kind[target] in (K.IDENT, K.PATH) and self.body.decls[target] < 0:
            self._escapes(self.rhs[node], "stored")

    def _push(self, node: int) -> None:
        if self.program.types.kinds[self.body.types[self.lhs[node]]] is TypeKind.VEC:
            self._changes(self.lhs[node], node)
            self._escapes(self.rhs[node], "stored")

    def _match(self, node: int) -> None:
        found = self.origins.of(self.lhs[node])
        for arm in self.tree.list(self.rhs[node]):
            self._bind_pattern(self.lhs[arm], found)

    def _is(self, node: int) -> None:
        self._bind_pattern(self.rhs[node], self.origins.of(self.lhs[node]))

    def _destructure(self, node: int) -> None:
        self._bind_pattern(self.lhs[node], self.origins.of(self.rhs[node]))

    def _for(self, node: int) -> None:
        found = self.origins.of(self.tree.extra[self.rhs[node]])
        for pattern in self.tree.list(self.lhs[node]):
            self._bind_pattern(pattern, found)

    def _clauses(self, node: int) -> None:
        for clause in self.tree.list(self.lhs[node]):
            for param, local in zip(FnView(self.tree, clause).params, self.body.params, strict=False):
                self._bind_pattern(param, self.origins.by_local.get(local))

    def _return(self, node: int) -> None:
        if self.signature.result_borrow:
            self._outlives(self.lhs[node], self.result_annotation)
        else:
            self._escapes(self.lhs[node], "returned")

    def _lambda(self, node: int) -> None:
        found = self.body.lambdas[node]
        lent, last = self.origins.lending(node), self.origins.last(self.rhs[node])
        params = self.tree.list(self.lhs[node]) if self.kind[node] == K.LAMBDA else []
        for position, (param, local) in enumerate(zip(params or [node], found.params, strict=False)):
            borrow = param_borrow(lent, position)
            origin = Origin(borrow, local) if borrow else self._lent_on(node, self.body.locals[local].type)
            if origin is not None and self.kind[param] == K.PARAM_PATTERN:
                self._bind_pattern(self.lhs[param], origin)
            elif origin is not None:
                self.origins.by_local[local] = origin
        if not result_borrow(lent):
            self._escapes(last, "returned by the lambda")
        elif (found_last := self.origins.of(last)) is not None and found_last.borrow < result_borrow(lent):
            self._report("QZ1201", self._extent(last), found_last)
        lent = [local for local in found.captures if local in self.origins.by_local] if found.is_kept else []
        for local in lent:
            origin = self.origins.by_local[local]
            self._report("QZ1203", self.body.span(node), origin, what="kept by a lambda")

    def _borrow(self, node: int) -> None:
        if self.kind[node] == K.REF_MUT:
            type_id = self.body.types[node]
            is_misplaced = lies_in_place(self.program, type_id) and node not in self.body.places
            if is_misplaced and self.reports:
                help_text = f"it is an argument, for a parameter `&mut {self.program.show(type_id)}`"
                self.program.sink.report("QZ1220", self.body.span(node), help=help_text)
            self._changes(self.lhs[node], node)

    def _task(self, node: int) -> None:
        """A task goes on when the call that something was lent for is over."""
        started = self.lhs[node]
        if self.kind[started] == K.CALL:
            plan = self.body.calls.get(started)
            for arg in self.tree.list(self.rhs[started]) if plan is None else plan.args:
                if arg in self.body.places:
                    root = self.origins.reference(arg) if self.kind[arg] == K.REF_MUT else None
                    self._report("QZ1203", self._extent(arg), root, what="kept by a task")
                elif arg != DEFAULT_ARGUMENT:
                    self._escapes(arg, "kept by a task")

    # Calls

    def _arguments(self, plan: CallPlan) -> None:
        function = plan.function
        params = self.program.queries.signature(function).params
        own = plan.args if plan.rest is None else plan.args[:-1]
        for arg in plan.rest or ():
            self._escapes(self.lhs[arg] if self.kind[arg] == K.SPREAD else arg, "kept in a new value")
        for position, arg in enumerate(own):
            if arg != DEFAULT_ARGUMENT:
                borrow = params[position].borrow if position < len(params) else Borrow.NONE
                self._argument(plan, position, arg, borrow)

    def _argument(self, plan: CallPlan, position: int, arg: int, borrow: Borrow) -> None:
        function, found = plan.function, self.origins.of(arg)
        if borrow >= Borrow.MUTABLE:
            is_receiver = position == 0 and self.program.queries.signature(function).has_self
            if is_receiver:
                self._changes(arg, arg)
            else:
                note = Note(function.span, f"`{function.name}` may change it")
                self._lends_for_changes(arg, found, [note])
        elif found is None or borrow is Borrow.SHARED:
            return
        elif isinstance(function, DerivedDecl):
            if function.what == "clone" and self._is_shared_by_copies(function.subject):
                self._escapes(arg, "shared with a copy of it")
        elif function.abi == "intrinsic":
            self._intrinsic(function.intrinsic, position, arg)
        elif found.borrow is Borrow.SHARED and not self._looks(plan, position, arg, found):
            notes = [Note(function.span, f"`{function.name}` is declared here")]
            help_text = "a parameter that is written as `&T` is only looked at"
            self._report("QZ1202", self._extent(arg), found, notes, help_text, name=function.name)

    def _lends_for_changes(self, arg: int, found: Origin | None, notes: Sequence[Note] = ()) -> None:
        """An argument that the function may change has to say so."""
        self._changes(arg, arg)
        if found is None and self.kind[arg] != K.REF_MUT and not self._is_place(arg) and self.reports:
            span = self._extent(arg)
            self.program.sink.report("QZ1204", span, notes=notes, help=f"write `&mut {self._source(span)}`")

    def _is_place(self, node: int) -> bool:
        """Whether an argument is a place that was lent to this function."""
        local = self.body.decls[node] - 1 if self.kind[node] in (K.IDENT, K.SELF) else -1
        return local >= 0 and self.body.locals[local].is_in_place

    def _is_shared_by_copies(self, type_id: TypeId) -> bool:
        """Whether something in a value that can change is the same in a copy that the compiler makes."""
        program, types = self.program, self.program.types
        seen = [program.queries.stripped(type_id)]
        for part in seen:
            kind = types.kinds[part]
            if kind is TypeKind.DYN:
                return True
            if kind in (TypeKind.VEC, TypeKind.ARRAY) and not self.origins.is_free(types.args[part][0]):
                return True
            is_copied = program.derivations.callee("clone", part, self.body.module) is not None
            if kind is TypeKind.STRUCT and not self.origins.is_free(part) and not is_copied:
                return True
            seen += [
                one for one in map(program.queries.stripped, all_parts(program, part)) if one not in seen
            ]
        return False

    def _looks(self, plan: CallPlan, position: int, arg: int, found: Origin) -> bool:
        """Whether a call only looks at an argument: lambdas that get parts of it are looked into."""
        if plan.function.abi or plan.slot >= 0:
            return False
        looks = self.program.queries.reading.looks(plan.function)
        if position not in looks.lending:
            return position in looks.at
        functions = functions_given(self.program, plan)
        lent = LentOn(found, self._reached(self.body.types[arg]))
        for function in functions:
            self.lent_on.setdefault(function, []).append(lent)
        others = (function for function in functions if function not in self.body.lambdas)
        return all(lends_all(self.program, self.body, function) for function in others)

    def _reached(self, type_id: TypeId) -> set[TypeId]:
        """The types of what lies in a value, and its own."""
        found = {type_id: None}
        pending = [type_id]
        for part in pending:
            new = [one for one in all_parts(self.program, part) if one not in found]
            pending += new
            found |= dict.fromkeys(new)
        return set(found)

    def _lent_on(self, function: int, type_id: TypeId) -> Origin | None:
        """What a parameter of a lambda is lent from, if it may be a part of that."""
        lent = self.lent_on.get(function, ())
        found = next((one.of for one in lent if type_id in one.types), None)
        return None if self.origins.is_free(type_id) else found

    def _intrinsic(self, name: str, position: int, arg: int) -> None:
        if name in CHANGING and position == 0:
            self._changes(arg, arg)
        elif name in CHANGING or name in KEEPING:
            self._escapes(arg, "stored")

    def _unknown_call(self, node: int) -> None:
        """A function that only the run knows may do anything that its type does not rule out."""
        lent = self.origins.lending(self.lhs[node])
        for position, arg in enumerate(self.tree.list(self.rhs[node])):
            found, borrow = self.origins.of(arg), param_borrow(lent, position)
            if borrow >= Borrow.MUTABLE:
                self._lends_for_changes(arg, found)
            elif found is not None and found.borrow is Borrow.SHARED and not borrow:
                name = self.body.module.tokens.text(self.tree.token[self.lhs[node]])
                self._report("QZ1202", self._extent(arg), found, name=name)

    # Reports

    def _changes(self, value: int, where: int) -> None:
        found = self.origins.of(value)
        if found is not None and found.borrow is Borrow.SHARED:
            self._report("QZ1201", self._extent(where), found)

    def _escapes(self, node: int, what: str) -> None:
        found = self.origins.of(node)
        if found is not None:
            self._report("QZ1203", self._extent(node), found, what=what)

    def _outlives(self, node: int, annotation: int) -> None:
        """A result that is a reference must be lent from a parameter. So must whatever it may be, and what it
        holds where the annotation has a reference."""
        written, borrow = strip(self.arena, annotation)
        if not borrow:
            return
        parts = self._held(node, written)
        for part, part_annotation in parts:
            self._outlives(part, part_annotation)
        if parts:
            return
        found = self.origins.of(node)
        if found is not None and not found.is_own:
            if found.borrow < self.signature.result_borrow:
                self._report("QZ1201", self._extent(node), found)
        elif found is not None or self.kind[node] in (K.STRUCT_LIT, K.VEC_LIT, K.TUPLE, K.RECORD_LIT):
            self._report("QZ1203", self._extent(node), found, what="returned, and nobody holds what it is of")
        elif self.kind[node] == K.IDENT and self.body.decls[node] > 0:
            self._report("QZ1203", self._extent(node), None, what="returned, and nobody holds what it is of")

    def _held(self, node: int, written: int) -> list[tuple[int, int]]:
        """What a result may be, or holds, each with the annotation of its place in what is `written`."""
        variant = self.body.variants.get(node)
        if variant is None and self.kind[node] != K.TUPLE:
            return [(part, written) for part in self.origins.results(node)]
        places = self.tree.list(self.lhs[written])
        if variant is not None:
            return [(part, places[variant.tag]) for part in variant.payload]
        return list(zip(self.tree.list(self.lhs[node]), places, strict=True))

    def _result_annotation(self) -> int:
        """What the first of the clauses that says so writes of the result, or of a default its parameter."""
        if self.kind[self.body.root] not in FUNCTIONS:
            params = [node for node, kind in enumerate(self.kind) if kind == K.PARAM]
            return next((self.lhs[node] for node in params if self.rhs[node] == self.body.root), 0)
        root = FnView(self.tree, self.body.root)
        clauses = self.tree.list(self.lhs[root.body]) if self.kind[root.body] == K.CLAUSES else []
        written = [root.result, *(FnView(self.tree, clause).result for clause in clauses)]
        return next((annotation for annotation in written if annotation), 0)

    def _report(
        self,
        code: str,
        span: Span,
        found: Origin | None,
        notes: Sequence[Note] = (),
        help_text: str = "",
        *,
        name: str = "",
        what: str = "",
    ) -> None:
        if not self.reports:
            return
        if found is not None and found.root >= 0:
            local = self.body.locals[found.root]
            sign = "&mut" if found.borrow >= Borrow.MUTABLE else "&"
            text = "it is of this" if found.is_own else f"`{local.name}` is lent with `{sign}`"
            notes = [*notes, Note(self.body.module.tokens.span(local.token), text)]
        self.program.sink.report(code, span, notes=notes, help=help_text, name=name, what=what)

    def _extent(self, node: int) -> Span:
        return extent(self.body.module.tokens, self.tree, node)

    def _source(self, span: Span) -> str:
        return self.program.source_of(span).text(span.start, span.end)

    visits: ClassVar[dict[int, Callable[[Walk, int], None]]] = {
        K.ASSIGN: _assignment,
        K.ASSIGN_OP: _assignment,
        K.SHL: _push,
        K.MATCH: _match,
        K.IS: _is,
        K.DESTRUCTURE: _destructure,
        K.VAR_PATTERN: _destructure,
        K.FOR: _for,
        K.CLAUSES: _clauses,
        K.RETURN: _return,
        K.GO: _task,
        K.ASYNC: _task,
        K.REF: _borrow,
        K.REF_MUT: _borrow,
        **dict.fromkeys(LAMBDAS, _lambda),
    }
