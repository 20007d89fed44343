"""Generated programs in Go: a module, with a package a part. What Quartz shares by reference is a pointer.

An enum is a sealed interface with a struct for each variant. Names are assigned to `_`, since a variable that
is never read is an error in Go; and constants of floats are made opaque, since Go computes exactly with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generation.shapes import (
    BOOL,
    BUILDER,
    COUNTS,
    ENUM_STEM,
    F64,
    INT,
    INTS,
    STRING,
    STRINGS,
    TAGGED,
    EnumShape,
    FunctionShape,
    StructShape,
)
from generation.spelling import ExpressionForms, ModuleParts, Spelling, StatementForms, modules_of

_TYPES = {
    INT: "int64",
    F64: "float64",
    BOOL: "bool",
    STRING: "string",
    INTS: "*List[int64]",
    STRINGS: "*List[string]",
    COUNTS: "*Counts",
    TAGGED: "Tagged[int64]",
    BUILDER: "strings.Builder",
}
_SHOWN = {INT: "fmt.Sprint({})", F64: "TextOfFloat({})", BOOL: "fmt.Sprint({})", STRING: "strconv.Quote({})"}
"""A payload in the text of an enum."""
_STANDARD = ("fmt", "strconv", "strings")
_USES_OF_STANDARD = ("fmt.Sprint", "strconv.Quote", "strings.Contains", "Folded")
"""An import that is not used is an error, too."""


def _type(kind: str) -> str:
    return _TYPES.get(kind) or (kind if kind.startswith(ENUM_STEM) else f"*{kind}")


def _list(element: str, values: Sequence[str]) -> str:
    return f"NewList[{element}]({', '.join(values)})"


def _variant(enum: str, variant: str, payload: Sequence[str]) -> str:
    return f"{enum}({variant}{{{', '.join(payload)}}})"


def _struct(name: str, fields: Sequence[tuple[str, str, str]]) -> str:
    return f"&{name}{{{', '.join(f'{field}: {value}' for field, _, value in fields)}}}"


def _bind(name: str, kind: str, value: str, *, is_variable: bool, is_annotated: bool = False) -> str:
    del is_variable, is_annotated  # a number without a type would be an `int`
    return f"var {name} {_type(kind)} = {value}; _ = {name}"


def _new_vector(name: str, kind: str) -> str:
    return _bind(name, kind, _list("int64" if kind == INTS else "string", ()), is_variable=True)


def _for_entries(key: str, value: str, counts: str) -> str:
    return (
        f"for _, {key}_entry := range FirstFewCounts({counts}) {{\n"
        f"  {key}, {value} := {key}_entry.Key, {key}_entry.Value; _, _ = {key}, {value}"
    )


def _declared(name: str, kind: str) -> str:
    return f"var {name} {_type(kind)}; _ = {name}\n" if kind else ""


def _match_enum(name: str, kind: str, value: str, _enum: str) -> str:
    return f"{_declared(name, kind)}switch {name}_of := {value}.(type) {{"


def _payload(name: str, bound: Sequence[tuple[str, str]]) -> str:
    if not bound:
        return f"_ = {name}_of"
    names = ", ".join(own for own, _ in bound)
    fields = ", ".join(f"{name}_of.P{place}" for place in range(len(bound)))
    return f"{names} := {fields}; {', '.join('_' * len(bound))} = {names}"


def _enum_value_arm(name: str, _enum: str, variant: str, bound: Sequence[tuple[str, str]], value: str) -> str:
    return f"case {variant}: {_payload(name, bound)}; {name} = {value}"


def _enum_block_arm(name: str, _enum: str, variant: str, bound: Sequence[tuple[str, str]]) -> str:
    return f"case {variant}:\n  {_payload(name, bound)}"


def _match_number(name: str, kind: str, value: str, rest: str) -> str:
    return f"{_declared(name, kind)}{_bind(rest, INT, value, is_variable=False)}\nswitch {{"


def _public(function: str) -> str:
    return function.capitalize()


def _function(shape: FunctionShape, lines: Sequence[str]) -> str:
    listed = ", ".join(f"{name} {_type(kind)}" for name, kind in shape.named_parameters())
    return "\n".join([f"func {_public(shape.name)}({listed}) {_type(shape.result)} {{", *lines, "}", ""])


def _struct_text(shape: StructShape) -> str:
    fields = (f"  {name} {_type(kind)}" for name, kind in shape.fields)
    numbers = [f"self.{name}" for name, kind in shape.fields if kind == INT]
    weight = [
        f"func (self *{shape.name}) Weight() int64 {{",
        f"  return ({' + '.join(numbers)}) % 10007",
        "}",
    ]
    return "\n".join([f"type {shape.name} struct {{", *fields, "}", "", *weight, ""])


def _enum_text(shape: EnumShape) -> str:
    lines = [f"type {shape.name} interface {{", f"  is{shape.name}()", "  String() string", "}", ""]
    for name, payload in shape.variants:
        members = "; ".join(f"P{place} {_type(kind)}" for place, kind in enumerate(payload))
        shown = ' + ", " + '.join(_SHOWN[kind].format(f"self.P{at}") for at, kind in enumerate(payload))
        text = f'"{name}(" + {shown} + ")"' if payload else f'"{name}"'
        lines += [
            f"type {name} struct {{ {members} }}",
            f"func ({name}) is{shape.name}() {{}}",
            f"func (self {name}) String() string {{ return {text} }}",
            "",
        ]
    return "\n".join(lines)


def _module_files(parts: ModuleParts) -> Iterator[tuple[str, str]]:
    package = f"part{parts.number}"
    imports = [f'  "{name}"' for name in _STANDARD]
    imports += [f'  . "generated/part{other}"' for other in parts.imports]
    head = [f"// Part {parts.number} of a generated program.", f"package {package}", "", "import ("]
    head += [*imports, '  . "generated/shared"', ")", ""]
    head += [f"var {', '.join('_' * len(_USES_OF_STANDARD))} = {', '.join(_USES_OF_STANDARD)}", ""]
    structs, enums = parts.types.structs.values(), parts.types.enums.values()
    lines = [*head, *map(_struct_text, structs), *map(_enum_text, enums), *parts.texts]
    yield f"{package}/{package}.go", "\n".join(lines)


def _main_text(runners: Sequence[FunctionShape], lines: Sequence[str]) -> str:
    head = ["package main", "", "import (", '  "fmt"']
    head += [f'  . "generated/part{module}"' for module in modules_of(runners)]
    return "\n".join([*head, ")", "", "func main() {", *lines, "  fmt.Println(total)", "}", ""])


GO = Spelling(
    name="go",
    suffix=".go",
    shared=("go.mod", "shared/shared.go"),
    joint="; ",
    expressions=ExpressionForms(
        read="{0}".format,
        field="{}.{}".format,
        call=lambda function, arguments: f"{_public(function)}({arguments})",
        half_sum="(Float({0}) * 0.5 + {1})".format,
        quarter_difference="(Float({0}) - {1} * 0.25)".format,
        damped="(Float({0}) / (Float({1}) * Float({1}) + 1.0))".format,
        f64_of_int="float64({})".format,
        int_of_f64="IntOfFloat({})".format,
        int_of_bool="IntOfBool({})".format,
        text='"{}"'.format,
        byte_length="int64(len({}))".format,
        contains='strings.Contains({}, "{}")'.format,
        is_text='{} == "{}"'.format,
        word_and_number='fmt.Sprintf("{} %d", {})'.format,
        dashed='fmt.Sprintf("{}-%s", {})'.format,
        text_of_int="strconv.FormatInt({}, 10)".format,
        replaced='strings.ReplaceAll({}, "{}", "_")'.format,
        shortened="Shortened({}, {})".format,
        text_and_number='fmt.Sprintf("%s:%d", {}, {})'.format,
        numbers=lambda values: _list("int64", values),
        texts=lambda values: _list("string", values),
        words='Words("{}")'.format,
        size="{}.Size()".format,
        element="Element({}, {})".format,
        pick="Pick({}, {}, {})".format,
        first_numbers="FirstFew({})".format,
        first_texts="FirstFew({})".format,
        mapped="{}.Map(func(x int64) int64 {{ return {} }})".format,
        filtered="{}.Filter(func(x int64) bool {{ return {} }})".format,
        reduced="{}.Reduce({}, func(a, x int64) int64 {{ return {} }})".format,
        entry='Entry{{"{}", {}}}'.format,
        counts=lambda entries: f"NewCounts({', '.join(entries)})",
        count_or='{}.GetOr("{}", {})'.format,
        tagged='Tagged[int64]{{"{}", {}}}'.format,
        tagged_value="{}.Value".format,
        relabelled='Relabelled({}, "{}")'.format,
        variant=_variant,
        struct=_struct,
        weight="{0}.Weight()".format,
        folded="Folded({})".format,
        folded_text="FoldedText({})".format,
        folded_texts='FoldedText(strings.Join({}.Items(), ","))'.format,
        folded_counts="FoldedCounts({})".format,
        folded_enum="FoldedText({0}.String())".format,
        folded_struct="TotalWeight({0})".format,
    ),
    statements=StatementForms(
        bind=_bind,
        assign="{} = {}".format,
        assign_with="{} {} {} % 1000".format,
        keep_small="{} %= 100003".format,
        set_field="{}.{} = {}".format,
        new_vector=_new_vector,
        push_number="if {0}.Size() < 64 {{ {0}.Push({1}) }}".format,
        push_text="if {0}.Size() < 24 {{ {0}.Push({1}) }}".format,
        give_back="return {}".format,
        give_back_if="if {1} {{ return {0} }}".format,
        leave_if="if {1} {{ {0} }}".format,
        if_="if {} {{".format,
        elsif="}} else if {} {{".format,
        else_="} else {",
        for_range="for {0} := int64(0); {0} < {1}; {0}++ {{".format,
        for_each="for _, {0} := range {1}.Items() {{\n  _ = {0}".format,
        for_entries=_for_entries,
        while_below="for {} < {} {{".format,
        add_one="{}++".format,
        new_builder="var {} strings.Builder".format,
        append="{}.WriteString({})".format,
        built="{}.String()".format,
        match_enum=_match_enum,
        enum_value_arm=_enum_value_arm,
        enum_block_arm=_enum_block_arm,
        end_arm="",
        end_value_match="}}".format,
        match_number=_match_number,
        one="case {1} == {0}".format,
        either="case {2} == {0} || {2} == {1}".format,
        between="case {2} >= {0} && {2} < {1}".format,
        number_arm="{1}: {0} = {2}".format,
        negative_arm="case {1} < 0: {0} = {2}".format,
        rest_arm="default: {0} = {2}".format,
        set_entry="{}.Set({}, {})".format,
        update_entry="{}.Update({}, 0, func(n int64) int64 {{ return (n % 5003 + {}) % 10007 }})".format,
    ),
    function=_function,
    module_files=_module_files,
    main_text=_main_text,
    function_head=re.compile(r"^func Fn\d+\(.*\) .* \{\n", re.MULTILINE),
)
