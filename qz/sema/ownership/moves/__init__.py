"""Values with one owner at a time: nobody uses them when they are given away, and linear ones are consumed
exactly once on every path, and held by nothing that could share or forget them."""

from __future__ import annotations

from qz.base.source import Span
from qz.diagnostics.model import Note
from qz.sema.body import Body
from qz.sema.decls import FunctionDecl
from qz.sema.ownership.moves.flow import Held, follow
from qz.sema.ownership.moves.graph import Act, Step
from qz.sema.ownership.moves.walk import Problem, Walk, graph_of
from qz.sema.ownership.moves.walk_arenas import refers
from qz.sema.program import Program
from qz.sema.types import TypeId
from qz.syntax.extent import extent
from qz.syntax.nodes import NodeKind

K = NodeKind


def check_moves(program: Program, function: FunctionDecl, body: Body, *, reports: bool) -> None:
    """Report what a function does with values that have an owner that it must not, and note in the body
    which locals give theirs away."""
    if program.queries.owning.is_asking or (reports and _report_misplaced(program, body)):
        return
    types = program.queries.owned_types
    if any(types.is_owned(type_id) for type_id in {*body.types, *(local.type for local in body.locals)}):
        report = Report(
            program, graph_of(program, body, function, program.queries.owning.owns, types.is_owned), reports
        )
        report.run()
        report.note()


def _report_misplaced(program: Program, body: Body) -> bool:
    """Report the first place where something holds a linear value that must not."""
    tokens, types = body.module.tokens, program.queries.owned_types
    found: list[tuple[Span, TypeId, TypeId]] = []
    for local in body.locals:
        wrong = types.misplaced(local.type)
        if wrong is not None:
            found.append((tokens.span(local.token), *wrong))
    for node, type_id in enumerate(body.types):
        wrong = types.misplaced(type_id)
        if wrong is not None:
            found.append((extent(tokens, body.tree, node), *wrong))
    for node, conversion in body.conversions.items():
        if types.is_linear(conversion.found):
            found.append((extent(tokens, body.tree, abs(node)), conversion.wanted, conversion.found))
    if found:
        span, holder, held = min(found)
        program.sink.report("QZ1208", span, holder=f"`{program.show(holder)}`", held=program.show(held))
    return bool(found)


class Report:
    """What went wrong in one body, in words."""

    def __init__(self, program: Program, walk: Walk, reports: bool) -> None:
        self.program = program
        self.reports = reports
        self.left_with: dict[int, bool] = {}
        """Whether the scope of a local may be left while the local has its value."""
        self.walk = walk
        self.body = walk.body
        self.used_again: set[int] = set()
        """Locals of whose value it was said that it is gone where it is used."""
        self.left: list[tuple[Step, Held]] = []
        """Where a local's scope is left, and the local may have its value still."""

    def run(self) -> None:
        for problem in self.walk.problems if self.reports else ():
            self._problem(problem)
        follow(self.walk.entry, self._meet, self.walk.in_arenas)
        for step, held in self.left:
            if step.local not in self.used_again:  # else what is wrong has been said
                self._report_left(step, held)

    def note(self) -> None:
        """Note in the body what whoever holds a local until its scope is left has to know."""
        for local in self.walk.moved:
            spec = self.body.locals[local]
            spec.is_given = True
            spec.is_left_with = self.left_with.get(local, False)
        self.body.given = frozenset(self.walk.moves)

    def _problem(self, problem: Problem) -> None:
        notes = [self._bound(problem.local)] if problem.local >= 0 else []
        code, node, name, shown, why, _ = problem
        self.program.sink.report(code, self._span(node), notes=notes, name=name, type=shown, why=why)

    def _meet(self, step: Step, held: Held) -> None:
        """A step of some path, with what is known of its local there."""
        if step.act is Act.LEAVE:
            self.left_with[step.local] = self.left_with.get(step.local, False) or held.owns
        if not self.reports:
            return
        is_linear = self.program.queries.owned_types.is_linear(self.body.locals[step.local].type)
        if step.act in (Act.LOOK, Act.MOVE) and held.moved:
            if refers(self.walk, step.local):
                self._report_gone(step, held)
            else:
                self._report_used(step, held)
        elif not is_linear:
            return  # whoever has it last gives it up
        elif step.act is Act.ASSIGN and held.owns:
            type_id = self.body.locals[step.local].type
            shown, notes = self.program.show(type_id), [self._bound(step.local)]
            why = f"`{self._name(step)}` still has it"
            self.program.sink.report("QZ1207", self._span(step.node), notes=notes, type=shown, why=why)
        elif step.act in (Act.LEAVE, Act.PAUSE) and held.owns:
            self.left.append((step, held))

    def _report_used(self, step: Step, held: Held) -> None:
        self.used_again.add(step.local)
        what = "consumed again" if step.act is Act.MOVE else "used after it was consumed"
        moved = self._moved(held.moved)
        if held.moved == step.node:
            moved[0] = Note(self._span(held.moved), "it was, in an earlier turn of the loop")
        notes = [*moved, self._bound(step.local)]
        if held.owns:
            notes.append(Note(None, "on another path it is still there"))
        self.program.sink.report(
            "QZ1205", self._span(step.node), notes=notes, name=self._name(step), what=what
        )

    def _report_gone(self, step: Step, held: Held) -> None:
        """Something that was made in an arena is used later than that."""
        taken = self.walk.moves.get(held.moved)
        how = self.walk.ends.get(held.moved, "the scope of the arena is left here")
        how = how if taken is None else f"the arena is {taken.why}"
        bound = self.body.module.tokens.span(self.body.locals[step.local].token)
        notes = [Note(self._end(held.moved), how), Note(bound, f"`{self._name(step)}` is bound here")]
        self.program.sink.report("QZ1212", self._span(step.node), notes=notes, name=self._name(step))

    def _report_left(self, step: Step, held: Held) -> None:
        local = self.body.locals[step.local]
        notes = [Note(self._end(step.node), self._how_left(step))]
        if held.moved:
            notes += self._moved(held.moved)
        help_text = f"every path must return it, store it, take it apart or hand `{local.name}` to who does"
        span = self.body.module.tokens.span(local.token)
        how = "not consumed on every path" if held.moved else "never consumed"
        shown = self.program.show(local.type)
        self.program.sink.report(
            "QZ1206", span, notes=notes, help=help_text, name=local.name, how=how, type=shown
        )

    def _how_left(self, step: Step) -> str:
        if step.act is Act.PAUSE:
            return "the generator may be given up here"
        kind = self.body.tree.kind[step.node]
        if kind in (K.RETURN, K.TRY):
            return "the function is left here"
        return "the loop is left here" if kind == K.BREAK else "its scope ends here"

    def _end(self, node: int) -> Span:
        """Where a scope is left: the end of a block, or the statement that leaves it."""
        tree = self.body.tree
        if tree.kind[node] == K.BLOCK and tree.rhs[node]:
            return self.body.module.tokens.span(tree.rhs[node])
        return self._span(node)

    def _moved(self, node: int) -> list[Note]:
        """Where a value is given away, and to which function, whose body says that it takes it over."""
        taken = self.walk.moves[node]
        notes = [Note(self._span(node), f"it is {taken.why}")]
        if taken.function is not None and taken.function.module.is_own:
            text = f"the body of `{taken.function.name}` gives it to another owner, or takes it apart"
            notes.append(Note(taken.function.span, text))
        return notes

    def _bound(self, local: int) -> Note:
        spec = self.body.locals[local]
        is_linear = self.program.queries.owned_types.is_linear(spec.type)
        how = "is consumed exactly once" if is_linear else "has one owner at a time"
        text = f"`{spec.name}` is a `{self.program.show(spec.type)}`, which {how}"
        return Note(self.body.module.tokens.span(spec.token), text)

    def _name(self, step: Step) -> str:
        return self.body.locals[step.local].name

    def _span(self, node: int) -> Span:
        return extent(self.body.module.tokens, self.body.tree, node)
