"""What constants and variables of modules hold: worked out where they are first asked for, and remembered."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from qz.diagnostics.model import Note
from qz.sema.body import Body
from qz.sema.check import check_expression
from qz.sema.constants.evaluation import evaluate
from qz.sema.constants.values import ConstMade
from qz.sema.decls import ConstDecl, ConstValue, Decl, FunctionDecl, GlobalDecl, Signature
from qz.sema.modules import ModuleEnv
from qz.sema.program import Program
from qz.sema.type_syntax.reader import TypeSyntax
from qz.sema.types import BOOL, ERROR, NONE, NUMBERS, POINTER, STRING, VOID, TypeId
from qz.syntax.ast import AstArena
from qz.syntax.extent import extent
from qz.syntax.nodes import NodeKind
from qz.syntax.parser import parse_item


class DeclaredValues:
    """Evaluates what declarations say, and reports those that need each other."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._reads = program.reads
        self._computing: list[Decl] = []
        """What is being computed, the outermost first."""
        self._initial: Body | None = None
        """What is evaluated as all that a constant or a global holds."""

    def constant(self, decl: ConstDecl) -> ConstDecl:
        """The constant with its type and value filled in."""
        if decl.type != NONE:
            self._reads.again("value", decl.id)
            return decl
        if decl.evaluating:
            self._report_circle(decl)
            decl.type = ERROR
            return decl
        decl.evaluating = True
        with self._reads.of("value", decl.id), self.computing(decl):
            decl.type, decl.value = self._initial_value(decl, NodeKind.CONST)
        return decl

    def is_initial(self, body: Body) -> bool:
        """Whether what is evaluated is all of what a constant or a global holds."""
        return body is self._initial

    @contextmanager
    def computing(self, decl: Decl) -> Generator[None]:
        """While a constant is computed, or a function made ready to be run for one: a link of the chain."""
        self._computing.append(decl)
        try:
            yield
        finally:
            self._computing.pop()

    def _report_circle(self, decl: ConstDecl | GlobalDecl) -> None:
        """The declarations from the first mention of ``decl`` to the one that leads back to it."""
        chain = self._computing[self._computing.index(decl) :]
        notes = [
            Note(link.span, f"`{link.name}` needs `{after.name}`")
            for link, after in zip(chain, [*chain[1:], decl], strict=True)
            if len(chain) > 1
        ]
        self.program.sink.report("QZ0801", decl.span, notes=notes, name=decl.name)

    def global_(self, decl: GlobalDecl) -> GlobalDecl:
        """The global with its type and initial value filled in."""
        if not decl.resolved:
            decl.resolved = True
            with self._reads.of("value", decl.id), self.computing(decl):
                decl.type, decl.value = self._initial_value(decl, NodeKind.GLOBAL)
            return decl
        self._reads.again("value", decl.id)
        if decl in self._computing:
            self._report_circle(decl)
            decl.type = ERROR
        return decl

    def _initial_value(
        self, decl: ConstDecl | GlobalDecl, kind: NodeKind
    ) -> tuple[TypeId, ConstValue | None]:
        module = decl.module
        with self.program.arenas.function(decl.name) as arena:
            node = parse_item(module.tokens, module.items, decl.item, arena, self.program.sink)
            if arena.kind[node] != kind:
                return ERROR, None
            want: TypeId = NONE
            if arena.lhs[node]:
                want = TypeSyntax(self.program, module, {}).resolve(arena, arena.lhs[node])
            value_node = arena.rhs[node]
            if not value_node:
                return (want, 0) if self._begins_with_zero(decl, want) else (ERROR, None)
            body = check_expression(self.program, module, decl.name, arena, value_node, want)
            found = want if want not in (NONE, ERROR) else body.types[value_node]
            if self.program.queries.owned_types.is_linear(found):
                shown = self.program.show(found)
                self.program.sink.report("QZ1208", decl.span, holder=f"`{decl.name}`", held=shown)
                return ERROR, None
            if found == VOID:
                span = extent(module.tokens, arena, value_node)
                self.program.sink.report("QZ0409", span, label="a value is expected")
                return ERROR, None
            outer, self._initial = self._initial, body
            value = evaluate(self.program, body, value_node)
            self._initial = outer
            return (ERROR, None) if value is None else (found, value)

    def _begins_with_zero(self, decl: ConstDecl | GlobalDecl, type_id: TypeId) -> bool:
        """Whether a global without a value has one: a number, `false`, an address. Reports any other."""
        stripped = self.program.queries.stripped(type_id)
        if stripped in NUMBERS or stripped in (BOOL, POINTER, ERROR):
            return True
        self.program.sink.report("QZ0507", decl.span, name=decl.name, type=self.program.show(type_id))
        return False

    def type_argument(self, module: ModuleEnv, arena: AstArena, node: int) -> ConstValue | None:
        """The value of a constant expression given as a type argument."""
        with self._reads.for_all():
            return evaluate(
                self.program, check_expression(self.program, module, "type argument", arena, node, NONE), node
            )

    def maker(self, decl: ConstDecl | GlobalDecl) -> FunctionDecl:
        """The function that makes a new one of an aggregate value."""
        if decl.maker is None:
            decl.maker = FunctionDecl(
                decl.module,
                decl.item,
                decl.name,
                decl.span,
                symbol=self.program.unique_symbol(f"{decl.symbol}$value"),
                value_of=decl,
                default_of=0 if isinstance(decl.value, ConstMade) else -1,
                signature=Signature((), decl.type),
            )
            self.program.register(decl.maker)
        return decl.maker

    def check_assertion(self, module: ModuleEnv, item: int) -> None:
        """`static_assert(condition, "message")`."""
        program = self.program
        with program.arenas.function("static_assert") as arena:
            node = parse_item(module.tokens, module.items, item, arena, program.sink)
            if arena.kind[node] != NodeKind.STATIC_ASSERT:
                return
            condition, message = arena.lhs[node], arena.rhs[node]
            body = check_expression(program, module, "static_assert", arena, condition, BOOL)
            holds = evaluate(program, body, condition)
            text = ""
            if message:
                words = check_expression(program, module, "static_assert", arena, message, STRING)
                value = evaluate(program, words, message)
                text = f": {value.decode('utf-8', 'replace')}" if isinstance(value, bytes) else ""
            if holds is False:
                program.sink.report("QZ0804", body.span(condition), message=text)
