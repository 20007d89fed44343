"""The translation that writes text at once, without operations of the llvm dialect in between."""

# pyright: reportPrivateUsage=false

from collections.abc import Sequence
from typing import cast

from xdsl.dialects import llvm
from xdsl.dialects.builtin import i1, i64
from xdsl.ir import Attribute, Block, Operation, SSAValue

from lowering.abi.layout import string_constant
from lowering.abi.runtime_abi import RuntimeFunction
from lowering.abi.string_symbols import string_symbol
from lowering.dispatch import Operands
from lowering.emit_llvm import FORMATS, TERMINATOR_FORMATS
from lowering.emit_llvm.attribute_groups import ALIAS_MARKS
from lowering.emit_llvm.constants import FOLDS, as_address, as_word, is_constant_address, string_address
from lowering.emit_llvm.context import Printed, TextContext, Written
from lowering.emit_llvm.control import call_text, convention_text
from lowering.emit_llvm.declarations import c_declaration, data_declaration, words_declaration
from lowering.emit_llvm.symbols import symbol
from lowering.fused.values import IN_FRONT, NOWHERE, TextBlock, TextValue, make_block, make_value
from lowering.shared_attributes import INT_TYPES, NO_PROPERTIES, WORD_WIDTHS, Properties
from lowering.to_llvm.functions import convention, words_result
from lowering.to_llvm.translation import PTR, Translation


class TextTranslation(Translation):
    """Writes one function.

    Values are numbered as they are written. What is put in front of the body, or behind a definition
    written earlier, has a name instead of a number, as numbers must ascend.
    """

    __slots__ = (
        "_cold",
        "_constants",
        "_converted",
        "_front",
        "_label",
        "_lines",
        "_n_blocks",
        "_n_named",
        "_next",
        "_phi_blocks",
        "_texts",
        "context",
    )

    def __init__(self) -> None:
        super().__init__()
        self.context = TextContext()
        self._lines: list[str] = []
        self._front: list[str] = []
        self._converted: list[SSAValue] = []
        self._cold: list[str] = []
        self._constants: dict[int, SSAValue] = {}
        self._texts: dict[bytes, SSAValue] = {}
        self._phi_blocks: list[TextBlock] = []
        self._next = 0
        self._n_named = 0
        self._n_blocks = 1
        self._label = "b0"

    # The frame of the function

    def start_entry(self, n_parameters: int) -> list[SSAValue]:
        """Starts the entry block; gives the parameters."""
        self._next = n_parameters
        return [make_value(f"%{number}", i64, IN_FRONT) for number in range(n_parameters)]

    def new_block(self, types: list[Attribute]) -> TextBlock:
        """Makes a block."""
        label = f"b{self._n_blocks}"
        self._n_blocks += 1
        return make_block(label, types)

    def start_block(self, block: Block) -> None:
        """Continues in a block; a line is kept for its phis."""
        block = cast("TextBlock", block)
        lines = self._lines
        self._label = block.label
        lines.append(f"{block.label}:")
        if block._args:
            for argument in cast("tuple[TextValue, ...]", block._args):
                argument.text = f"%{self._next}"
                self._next += 1
            block.line = len(lines)
            self._phi_blocks.append(block)
            lines.append("")

    def finish(self) -> str:
        """The text of the body."""
        for block in self._phi_blocks:
            phis = [
                f"  {argument.text} = phi {self.context.type_text(argument._type)} "
                + ", ".join([f"[ {values[position]}, %{label} ]" for label, values in block.incoming])
                for position, argument in enumerate(cast("tuple[TextValue, ...]", block._args))
            ]
            self._lines[block.line] = "\n".join([*phis, *reversed(block.behind_phis)])
        return "\n".join(["b0:", *self._front, *self._lines, *self._cold])

    # Building

    def emit(
        self,
        op_class: type[Operation],
        operands: Operands,
        properties: Properties = NO_PROPERTIES,
        result: Attribute = i64,
    ) -> SSAValue:
        printed = cast("Sequence[Printed]", operands)
        if op_class in FOLDS:
            text = FOLDS[op_class](self.context, printed, properties, result)
            if text is not None:
                return make_value(text, result, NOWHERE)
        name = f"%{self._next}"
        self._next += 1
        lines = self._lines
        lines.append(f"  {name} = {FORMATS[op_class](self.context, printed, properties, result)}")
        return make_value(name, result, len(lines) - 1)

    def effect(
        self, op_class: type[Operation], operands: Operands, properties: Properties = NO_PROPERTIES
    ) -> None:
        printed = cast("Sequence[Printed]", operands)
        self._lines.append(f"  {FORMATS[op_class](self.context, printed, properties, None)}")

    def end(
        self,
        op_class: type[Operation],
        operands: Operands,
        properties: Properties = NO_PROPERTIES,
        successors: Sequence[Block] = (),
    ) -> None:
        printed = cast("Sequence[Printed]", operands)
        blocks = cast("Sequence[TextBlock]", successors)
        labels = [block.label for block in blocks]
        self._lines.append(f"  {TERMINATOR_FORMATS[op_class](self.context, printed, properties, labels)}")
        first = 0 if op_class is llvm.BrOp else 1
        if len(operands) == first:
            return
        for block in blocks:
            n_arguments = len(block._args)
            if n_arguments:
                handed = [value.text for value in printed[first : first + n_arguments]]
                block.incoming.append((self._label, handed))
                first += n_arguments

    def overflowing(
        self, op_class: type[Operation], lhs: SSAValue, rhs: SSAValue, width: int
    ) -> tuple[SSAValue, SSAValue]:
        printed = cast("Sequence[Printed]", (lhs, rhs))
        pair = self._next
        self._next += 3
        lines = self._lines
        lines.append(f"  %{pair} = {FORMATS[op_class](self.context, printed, NO_PROPERTIES, None)}")
        lines.append(f"  %{pair + 1} = extractvalue {{ i{width}, i1 }} %{pair}, 0")
        value = make_value(f"%{pair + 1}", INT_TYPES[width], len(lines) - 1)
        lines.append(f"  %{pair + 2} = extractvalue {{ i{width}, i1 }} %{pair}, 1")
        return value, make_value(f"%{pair + 2}", i1, len(lines) - 1)

    def jump(self, target: Block) -> None:
        self._lines.append(f"  br label %{cast('TextBlock', target).label}")

    def displaced(self, address: Written, offset: int, inbounds: bool) -> SSAValue:
        base = address.text
        if is_constant_address(base):
            return make_value(f"getelementptr (i8, ptr {base}, i64 {offset})", PTR, NOWHERE)
        return self._address("i8", base, str(offset), inbounds)

    def indexed(self, address: Written, index: Written, width: int, inbounds: bool) -> SSAValue:
        element = f"i{8 * width}" if width in WORD_WIDTHS else f"[{width} x i8]"
        return self._address(element, address.text, index.text, inbounds)

    def _address(self, element: str, base: str, index: str, inbounds: bool) -> SSAValue:
        name = f"%{self._next}"
        self._next += 1
        lines = self._lines
        mark = "inbounds " if inbounds else ""
        lines.append(f"  {name} = getelementptr {mark}{element}, ptr {base}, i64 {index}")
        return make_value(name, PTR, len(lines) - 1)

    def load(self, address: SSAValue, type_: Attribute, alias: str | None) -> SSAValue:
        mark = ", align 1" if alias is None else ALIAS_MARKS[alias]
        return self._load(address, type_, mark)

    def load_slot(self, slot: SSAValue, type_: Attribute) -> SSAValue:
        return self._load(slot, type_, "")

    def _load(self, address: Written, type_: Attribute, mark: str) -> SSAValue:
        name = f"%{self._next}"
        self._next += 1
        lines = self._lines
        type_text = self.context.types.get(id(type_)) or self.context.type_text(type_)
        lines.append(f"  {name} = load {type_text}, ptr {address.text}{mark}")
        return make_value(name, type_, len(lines) - 1)

    def store(self, value: SSAValue, address: SSAValue, alias: str | None) -> None:
        mark = ", align 1" if alias is None else ALIAS_MARKS[alias]
        self._store(value, address, mark)

    def store_slot(self, value: SSAValue, slot: SSAValue) -> None:
        self._store(value, slot, "")

    def _store(self, value: Written, address: Written, mark: str) -> None:
        self._lines.append(f"  store {self.context.typed(value)}, ptr {address.text}{mark}")

    def reserve(self, content: Attribute) -> SSAValue:
        name = self._name()
        self._front.append(f"  {name} = alloca {self.context.type_text(content)}, align 8")
        return make_value(name, PTR, IN_FRONT)

    def _name(self) -> str:
        self._n_named += 1
        return f"%v{self._n_named}"

    def constant(self, value: int) -> SSAValue:
        known = self._constants.get(value)
        if known is None:
            signed = value if value < 1 << 63 else value - (1 << 64)
            known = self._constants[value] = make_value(str(signed), i64, NOWHERE)
        return known

    def text(self, data: bytes) -> SSAValue:
        known = self._texts.get(data)
        if known is None:
            name = string_symbol(data)
            self.context.strings[name] = string_constant(data)
            known = self._texts[data] = make_value(string_address(name), PTR, NOWHERE)
        return known

    def address_of(self, name: str) -> SSAValue:
        self.context.declarations.setdefault(name, data_declaration(name))
        return make_value(symbol(name), PTR, NOWHERE)

    def call(self, name: str, arguments: Operands, n_results: int) -> SSAValue | None:
        declarations = self.context.declarations
        if name not in declarations:
            declarations[name] = words_declaration(name, len(arguments), n_results)
        return self._call_words(symbol(name), arguments, n_results)

    def function_address(self, name: str, n_parameters: int, n_results: int) -> SSAValue:
        self.context.declarations[name] = words_declaration(name, n_parameters, n_results)
        return make_value(symbol(name), PTR, NOWHERE)

    def call_indirect(self, code: Written, arguments: Operands, n_results: int) -> SSAValue | None:
        return self._call_words(code.text, arguments, n_results)

    def _call_words(self, callee: str, arguments: Operands, n_results: int) -> SSAValue | None:
        if n_results > 1:
            cconv = convention_text(convention(n_results))
            return self._call(callee, arguments, words_result(n_results), None, cconv)
        words = ", ".join([f"i64 {word.text}" for word in cast("Sequence[Printed]", arguments)])
        lines = self._lines
        if n_results == 0:
            lines.append(f"  call void {callee}({words})")
            return None
        target = f"%{self._next}"
        self._next += 1
        lines.append(f"  {target} = call i64 {callee}({words})")
        return make_value(target, i64, len(lines) - 1)

    def call_c(
        self, name: str, signature: llvm.LLVMFunctionType, arguments: Operands, result: Attribute | None
    ) -> SSAValue | None:
        self.context.declarations[name] = c_declaration(name, signature)
        variadic = signature if signature.is_variadic else None
        return self._call(symbol(name), arguments, result, variadic)

    def call_c_at(self, code: Written, arguments: Operands, result: Attribute | None) -> SSAValue | None:
        return self._call(code.text, arguments, result)

    def _call(
        self,
        callee: str,
        arguments: Operands,
        result: Attribute | None,
        variadic: llvm.LLVMFunctionType | None = None,
        cconv: str = "",
    ) -> SSAValue | None:
        text = call_text(self.context, callee, cast("Sequence[Printed]", arguments), result, variadic, cconv)
        lines = self._lines
        if result is None:
            lines.append(f"  {text}")
            return None
        target = f"%{self._next}"
        self._next += 1
        lines.append(f"  {target} = {text}")
        return make_value(target, result, len(lines) - 1)

    def counterpart(self, value: Written) -> SSAValue:
        is_address = value._type is PTR
        if is_address and is_constant_address(value.text):
            result = make_value(as_word(value.text), i64, NOWHERE)
        elif value.text[0] != "%":
            result = make_value(as_address(value.text), PTR, NOWHERE)
        else:
            name = self._name()
            if is_address:
                line = f"  {name} = ptrtoint ptr {value.text} to i64"
            else:
                line = f"  {name} = inttoptr i64 {value.text} to ptr"
            result = make_value(name, i64 if is_address else PTR, value.line)
            if value.line >= 0:
                self._lines[value.line] += "\n" + line
            elif value.line == NOWHERE:
                assert value.home is not None
                value.home.behind_phis.append(line)
            else:
                self._front.append(line)
        # The table knows the value by its identity, which must not pass to another one.
        self._converted.append(value)
        self.counterparts[id(value)] = result
        return result

    def panic_block(
        self,
        condition: Written,
        panics_on: bool,
        function: RuntimeFunction,
        arguments: Operands,
    ) -> None:
        cold, rest = f"b{self._n_blocks}", f"b{self._n_blocks + 1}"
        self._n_blocks += 2
        first, second = (cold, rest) if panics_on else (rest, cold)
        lines = self._lines
        lines.append(f"  br i1 {condition.text}, label %{first}, label %{second}")
        told = cast("list[Printed]", [*arguments, *self.place()])
        name = function.symbol
        declarations = self.context.declarations
        if name not in declarations:
            declarations[name] = words_declaration(name, len(told), 0)
        words = ", ".join([f"i64 {value.text}" for value in told])
        self._cold.append(f"{cold}:\n  call void {symbol(name)}({words})\n  unreachable")
        lines.append(f"{rest}:")
        self._label = rest
