"""QZ11xx: macros, and what they become."""

from qz.diagnostics.model import CodeSpec, error

CODES: tuple[CodeSpec, ...] = (
    error("QZ1101", "unknown macro", "unknown macro `${name}`"),
    error("QZ1102", "not a template", "a macro consists of one string or one `quote do … end`"),
    error("QZ1103", "not a parameter of the macro", "`{name}` is not a parameter of this macro"),
    error("QZ1104", "macros without end", "macros expand to macros more than {limit} times here"),
    error("QZ1105", "expansion too large", "with its macros expanded, this has more than {limit} parts"),
    error("QZ1106", "argument is no name", "only a name can stand here, and the argument is none"),
    error("QZ1107", "outside a macro", "`{word}` outside a macro"),
    error("QZ1108", "several arguments in one place", "{found} arguments of `{name}` where one thing stands"),
    error("QZ1109", "parameter of a macro", "a parameter of a macro is a name"),
)
