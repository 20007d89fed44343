"""Generated programs in C, with statement expressions for lambdas; a header and a file a module.

What Quartz shares by reference is behind a pointer. Enums are unions with a tag.
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
    INT: "int64_t ",
    F64: "double ",
    BOOL: "bool ",
    STRING: "String ",
    INTS: "Ints *",
    STRINGS: "Strings *",
    COUNTS: "Counts *",
    TAGGED: "Tagged ",
    BUILDER: "Builder ",
}
# A payload in the text of an enum: how `printf` writes it, and what it is given.
_SHOWN = {
    INT: ('%" PRId64 "', "{}"),
    F64: ("%s", "text_of_double({})"),
    BOOL: ("%s", '{} ? "true" : "false"'),
    STRING: ("%s", "text_quoted({})"),
}


def _declared(kind: str, name: str) -> str:
    return (_TYPES.get(kind) or (f"{kind} " if kind.startswith(ENUM_STEM) else f"{kind} *")) + name


def _list(function: str, element: str, values: Sequence[str]) -> str:
    return f"{function}({len(values)}, ({element}[]){{{', '.join(values)}}})"


def _variant(enum: str, variant: str, payload: Sequence[str]) -> str:
    values = f", .{variant} = {{{', '.join(payload)}}}" if payload else ""
    return f"(({enum}){{{variant}{values}}})"


def _struct(name: str, fields: Sequence[tuple[str, str, str]]) -> str:
    return f"NEW({name}, {', '.join(f'.{field} = {value}' for field, _, value in fields)})"


def _bind(name: str, kind: str, value: str, *, is_variable: bool, is_annotated: bool = False) -> str:
    del is_variable, is_annotated  # every name has its type, and may be assigned
    return f"{_declared(kind, name)} = {value};"


def _for_each(name: str, vector: str, kind: str) -> str:
    function = "ints_of" if kind == INT else "strings_of"
    copy = f"{_declared(INTS if kind == INT else STRINGS, f'{name}_in')}"
    return (
        f"{copy} = {function}({vector}->size, {vector}->at);\n"
        f"for (int64_t {name}_at = 0; {name}_at < {name}_in->size; {name}_at++) {{\n"
        f"  {_declared(kind, name)} = {name}_in->at[{name}_at];"
    )


def _for_entries(key: str, value: str, counts: str) -> str:
    return (
        f"Counts *{key}_in = first_few_counts({counts});\n"
        f"for (int64_t {key}_at = 0; {key}_at < {key}_in->size; {key}_at++) {{\n"
        f"  String {key} = {key}_in->at[{key}_at].key;\n"
        f"  int64_t {value} = {key}_in->at[{key}_at].value;"
    )


def _match_enum(name: str, kind: str, value: str, enum: str) -> str:
    result = f"{_declared(kind, name)};\n" if kind else ""
    return f"{result}{_declared(enum, f'{name}_of')} = {value};\nswitch ({name}_of.tag) {{"


def _payload(name: str, variant: str, bound: Sequence[tuple[str, str]]) -> list[str]:
    return [
        f"{_declared(kind, own)} = {name}_of.{variant}.p{place};" for place, (own, kind) in enumerate(bound)
    ]


def _enum_value_arm(name: str, _enum: str, variant: str, bound: Sequence[tuple[str, str]], value: str) -> str:
    if not bound:
        return f"case {variant}: {name} = {value}; break;"
    names = " ".join(_payload(name, variant, bound))
    return f"case {variant}: {{ {names} {name} = {value}; break; }}"


def _enum_block_arm(name: str, _enum: str, variant: str, bound: Sequence[tuple[str, str]]) -> str:
    return "\n  ".join([f"case {variant}: {{", *_payload(name, variant, bound)])


def _match_number(name: str, kind: str, value: str, rest: str) -> str:
    return f"{_declared(kind, name)};\nint64_t {rest} = {value};\nswitch ({rest}) {{"


def _head(shape: FunctionShape) -> str:
    listed = ", ".join(_declared(kind, name) for name, kind in shape.named_parameters())
    return _declared(shape.result, f"{shape.name}({listed or 'void'})")


def _function(shape: FunctionShape, lines: Sequence[str]) -> str:
    return "\n".join([f"{_head(shape)} {{", *lines, "}", ""])


def _struct_type(shape: StructShape) -> list[str]:
    fields = (f"  {_declared(kind, name)};" for name, kind in shape.fields)
    return ["typedef struct {", *fields, f"}} {shape.name};", f"Weigh {shape.name}_weight;", ""]


def _struct_text(shape: StructShape) -> str:
    numbers = [f"self->{name}" for name, kind in shape.fields if kind == INT]
    lines = [f"  const {shape.name} *self = item;", f"  return ({' + '.join(numbers)}) % 10007;"]
    return "\n".join([f"int64_t {shape.name}_weight(const void *item) {{", *lines, "}", ""])


def _enum_type(shape: EnumShape) -> list[str]:
    lines = ["typedef struct {", f"  enum {{ {', '.join(name for name, _ in shape.variants)} }} tag;"]
    payloads: list[str] = []
    for name, payload in shape.variants:
        if payload:
            members = " ".join(_declared(kind, f"p{place};") for place, kind in enumerate(payload))
            payloads.append(f"    struct {{ {members} }} {name};")
    union = ["  union {", *payloads, "  };"] if payloads else []
    return [*lines, *union, f"}} {shape.name};", f"String {shape.name}_text({shape.name} value);", ""]


def _enum_text(shape: EnumShape) -> str:
    lines = [f"String {shape.name}_text({shape.name} value) {{", "  switch (value.tag) {"]
    for name, payload in shape.variants:
        if not payload:
            lines.append(f'  case {name}: return "{name}";')
            continue
        forms = ", ".join(_SHOWN[kind][0] for kind in payload)
        values = (_SHOWN[kind][1].format(f"value.{name}.p{at}") for at, kind in enumerate(payload))
        lines.append(f'  case {name}: return text_format("{name}({forms})", {", ".join(values)});')
    return "\n".join([*lines, "  }", "}", ""])


def _module_files(parts: ModuleParts) -> Iterator[tuple[str, str]]:
    structs, enums = parts.types.structs.values(), parts.types.enums.values()
    header = ["#pragma once", "", '#include "shared.h"', ""]
    for lines in (*map(_struct_type, structs), *map(_enum_type, enums)):
        header += lines
    header += [f"{_head(shape)};" for shape in parts.functions]
    yield f"part{parts.number}.h", "\n".join([*header, ""])
    head = [f"/* Part {parts.number} of a generated program. */\n"]
    head += [f'#include "part{other}.h"' for other in sorted((parts.number, *parts.imports))]
    lines = [*head, "", *map(_struct_text, structs), *map(_enum_text, enums), *parts.texts]
    yield f"part{parts.number}.c", "\n".join(lines)


def _main_text(runners: Sequence[FunctionShape], lines: Sequence[str]) -> str:
    head = ["#include <stdio.h>\n", *(f'#include "part{module}.h"' for module in modules_of(runners))]
    end = ['  printf("%" PRId64 "\\n", total);', "  return 0;", "}", ""]
    return "\n".join([*head, "", "int main(void) {", *lines, *end])


C = Spelling(
    name="c",
    suffix=".c",
    shared=("Makefile", "shared.h", "shared.c"),
    expressions=ExpressionForms(
        read="{0}".format,
        field="{}->{}".format,
        f64_of_int="((double)({}))".format,
        int_of_f64="int_of_double({})".format,
        int_of_bool="((int64_t){})".format,
        text='"{}"'.format,
        byte_length="(int64_t)strlen({})".format,
        contains="strchr({}, '{}') != NULL".format,
        is_text='strcmp({}, "{}") == 0'.format,
        word_and_number='text_format("{} %" PRId64, (int64_t)({}))'.format,
        dashed='text_format("{}-%s", {})'.format,
        text_of_int="text_of_int({})".format,
        replaced="text_replaced({}, '{}')".format,
        shortened="shortened({}, {})".format,
        text_and_number='text_format("%s:%" PRId64, {}, (int64_t)({}))'.format,
        numbers=lambda values: _list("ints_of", "int64_t", values),
        texts=lambda values: _list("strings_of", "String", values),
        words='words("{}")'.format,
        size="{}->size".format,
        element="element({}, {})".format,
        pick="pick({}, {}, {})".format,
        first_numbers="first_few({})".format,
        first_texts="first_few_strings({})".format,
        mapped="MAPPED({}, {})".format,
        filtered="FILTERED({}, {})".format,
        reduced="REDUCED(({}), {}, {})".format,
        entry='{{"{}", {}}}'.format,
        counts=lambda entries: _list("counts_of", "Entry", entries),
        count_or='counts_get_or({}, "{}", {})'.format,
        tagged='((Tagged){{"{}", {}}})'.format,
        tagged_value="{}.value".format,
        relabelled='relabelled({}, "{}")'.format,
        variant=_variant,
        struct=_struct,
        weight="{1}_weight({0})".format,
        folded="folded({})".format,
        folded_text="folded_text({})".format,
        folded_texts="folded_strings({})".format,
        folded_counts="folded_counts({})".format,
        folded_enum="folded_text({1}_text({0}))".format,
        folded_struct="total_weight(1, (const void *[]){{{0}}}, {1}_weight)".format,
    ),
    statements=StatementForms(
        bind=_bind,
        assign="{} = {};".format,
        assign_with="{} {} {} % 1000;".format,
        keep_small="{} %= 100003;".format,
        set_field="{}->{} = {};".format,
        new_vector=lambda name, kind: _bind(
            name, kind, f"{'ints_of' if kind == INTS else 'strings_of'}(0, NULL)", is_variable=True
        ),
        push_number="if ({0}->size < 64) ints_push({0}, {1});".format,
        push_text="if ({0}->size < 24) strings_push({0}, {1});".format,
        give_back="return {};".format,
        give_back_if="if ({1}) return {0};".format,
        leave_if="if ({1}) {0};".format,
        if_="if ({}) {{".format,
        elsif="}} else if ({}) {{".format,
        else_="} else {",
        for_range="for (int64_t {0} = 0; {0} < {1}; {0}++) {{".format,
        for_each=_for_each,
        for_entries=_for_entries,
        while_below="while ({} < {}) {{".format,
        add_one="{}++;".format,
        new_builder="Builder {} = {{0}};".format,
        append="builder_append(&{}, {});".format,
        built="builder_text(&{})".format,
        match_enum=_match_enum,
        enum_value_arm=_enum_value_arm,
        enum_block_arm=_enum_block_arm,
        end_arm="} break;",
        end_value_match="}}".format,
        match_number=_match_number,
        one="case {}".format,
        either="case {}: case {}".format,
        between=lambda first, end, _rest: f"case {first} ... {end - 1}",
        number_arm="{1}: {0} = {2}; break;".format,
        negative_arm="default: if ({1} < 0) {0} = {2};".format,
        rest_arm="else {0} = {2};".format,
        set_entry="counts_set({}, {}, {});".format,
        update_entry="COUNTS_UPDATE({}, {}, 0, (n % 5003 + {}) % 10007);".format,
    ),
    function=_function,
    module_files=_module_files,
    main_text=_main_text,
    function_head=re.compile(r"^\w+ \*?fn\d+\(.*\) \{\n", re.MULTILINE),
)
