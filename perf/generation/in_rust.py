"""Generated programs in Rust: one crate, no unsafe code. What Quartz shares by reference is in an `Rc`."""

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

_COPIED = {INT: "i64", F64: "f64", BOOL: "bool"}
_TYPES = _COPIED | {
    STRING: "String",
    INTS: "List<i64>",
    STRINGS: "List<String>",
    COUNTS: "Counts",
    TAGGED: "Tagged<i64>",
    BUILDER: "String",
}


def _type(kind: str) -> str:
    return _TYPES.get(kind) or (kind if kind.startswith(ENUM_STEM) else f"Rc<{kind}>")


def _read(place: str, kind: str) -> str:
    """A copy; reading a field makes one already."""
    return place if kind in _COPIED or not place.isidentifier() else f"{place}.clone()"


def _list(values: Sequence[str]) -> str:
    return f"List::from([{', '.join(values)}])"


def _variant(enum: str, variant: str, payload: Sequence[str]) -> str:
    return f"{enum}::{variant}({', '.join(payload)})" if payload else f"{enum}::{variant}"


def _struct(name: str, fields: Sequence[tuple[str, str, str]]) -> str:
    listed = ", ".join(f"{field}: {_cell(kind)}::new({value})" for field, kind, value in fields)
    return f"Rc::new({name} {{ {listed} }})"


def _cell(kind: str) -> str:
    return "Cell" if kind in _COPIED else "Slot"


def _bind(name: str, kind: str, value: str, *, is_variable: bool, is_annotated: bool = False) -> str:
    annotation = f": {_type(kind)}" if is_annotated else ""
    return f"let {'mut ' if is_variable else ''}{name}{annotation} = {value};"


def _new_vector(name: str, kind: str) -> str:
    return f"let {name}: {_type(kind)} = List::new();"


def _match_enum(name: str, kind: str, value: str, _enum: str) -> str:
    return f"let {name} = match {value} {{" if kind else f"match {value} {{"


def _pattern(enum: str, variant: str, bound: Sequence[tuple[str, str]]) -> str:
    return _variant(enum, variant, [name for name, _ in bound])


def _enum_value_arm(_name: str, enum: str, variant: str, bound: Sequence[tuple[str, str]], value: str) -> str:
    return f"{_pattern(enum, variant, bound)} => {value},"


def _enum_block_arm(_name: str, enum: str, variant: str, bound: Sequence[tuple[str, str]]) -> str:
    return f"{_pattern(enum, variant, bound)} => {{"


def _function(shape: FunctionShape, lines: Sequence[str]) -> str:
    listed = ", ".join(f"{name}: {_type(kind)}" for name, kind in shape.named_parameters())
    return "\n".join([f"pub fn {shape.name}({listed}) -> {_type(shape.result)} {{", *lines, "}", ""])


def _struct_text(shape: StructShape) -> str:
    fields = (f"  pub {name}: {_cell(kind)}<{_type(kind)}>," for name, kind in shape.fields)
    numbers = [f"self.{name}.get()" for name, kind in shape.fields if kind == INT]
    weight = ["  fn weight(&self) -> i64 {", f"    ({' + '.join(numbers)}) % 10007", "  }"]
    struct = [f"pub struct {shape.name} {{", *fields, "}", ""]
    return "\n".join([*struct, f"impl Weighted for {shape.name} {{", *weight, "}", ""])


def _enum_text(shape: EnumShape) -> str:
    variants = (
        f"  {name}({', '.join(map(_type, payload))})," if payload else f"  {name},"
        for name, payload in shape.variants
    )
    return "\n".join(["#[derive(Clone, Debug)]", f"pub enum {shape.name} {{", *variants, "}", ""])


def _module_files(parts: ModuleParts) -> Iterator[tuple[str, str]]:
    head = [
        f"//! Part {parts.number} of a generated program.\n",
        "use std::cell::Cell;",
        "use std::rc::Rc;\n",
    ]
    head += [f"use crate::part{other}::*;" for other in parts.imports]
    structs, enums = parts.types.structs.values(), parts.types.enums.values()
    lines = [*head, "use crate::shared::*;\n"]
    yield (
        f"part{parts.number}.rs",
        "\n".join([*lines, *map(_struct_text, structs), *map(_enum_text, enums), *parts.texts]),
    )


def _main_text(runners: Sequence[FunctionShape], lines: Sequence[str]) -> str:
    parts = [f"part{module}" for module in modules_of(runners)]
    head = ["#![allow(unused)]\n", *(f"mod {part};" for part in parts), "mod shared;\n"]
    head += [f"use {part}::*;" for part in parts]
    return "\n".join([*head, "", "fn main() {", *lines, '  println!("{total}");', "}", ""])


RUST = Spelling(
    name="rust",
    suffix=".rs",
    shared=("shared.rs",),
    expressions=ExpressionForms(
        read=_read,
        field="{}.{}.get()".format,
        f64_of_int="(({}) as f64)".format,
        int_of_f64="({} as i64)".format,
        int_of_bool="({} as i64)".format,
        text='"{}".to_string()'.format,
        byte_length="{}.len() as i64".format,
        contains="{}.contains('{}')".format,
        is_text='{} == "{}"'.format,
        word_and_number='format!("{} {{}}", {})'.format,
        dashed='format!("{}-{{}}", {})'.format,
        text_of_int="({}).to_string()".format,
        replaced="{}.replace('{}', \"_\")".format,
        shortened="shortened({}, {})".format,
        text_and_number='format!("{{}}:{{}}", {}, {})'.format,
        numbers=_list,
        texts=_list,
        words='List::words("{}")'.format,
        size="{}.size()".format,
        element="element(&{}, {})".format,
        pick="pick(&{}, {}, {})".format,
        first_numbers="first_few({})".format,
        first_texts="first_few({})".format,
        mapped="{}.map(|x| {})".format,
        filtered="{}.filter(|x| {})".format,
        reduced="{}.reduce({}, |a, x| {})".format,
        entry='("{}", {})'.format,
        counts=lambda entries: f"Counts::from([{', '.join(entries)}])",
        count_or='{}.get_or("{}", {})'.format,
        tagged='Tagged {{ tag: "{}".to_string(), value: {} }}'.format,
        tagged_value="{}.value".format,
        relabelled='relabelled(&{}, "{}")'.format,
        variant=_variant,
        struct=_struct,
        weight="{0}.weight()".format,
        folded="folded(&{})".format,
        folded_text="folded_text(&{})".format,
        folded_texts='folded_text(&{}.items().join(","))'.format,
        folded_counts="folded_counts(&{})".format,
        folded_enum='folded_text(&format!("{{:?}}", {0}))'.format,
        folded_struct="total_weight(&[{0}])".format,
    ),
    statements=StatementForms(
        bind=_bind,
        assign="{} = {};".format,
        assign_with="{} {} {} % 1000;".format,
        keep_small="{} %= 100003;".format,
        set_field="{}.{}.set({});".format,
        new_vector=_new_vector,
        push_number="if {0}.size() < 64 {{ {0}.push({1}); }}".format,
        push_text="if {0}.size() < 24 {{ {0}.push({1}); }}".format,
        give_back="return {};".format,
        give_back_if="if {1} {{ return {0}; }}".format,
        leave_if="if {1} {{ {0}; }}".format,
        if_="if {} {{".format,
        elsif="}} else if {} {{".format,
        else_="} else {",
        for_range="for {} in 0..{} {{".format,
        for_each="for {} in {}.items() {{".format,
        for_entries="for ({}, {}) in first_few_counts(&{}) {{".format,
        while_below="while {} < {} {{".format,
        add_one="{} += 1;".format,
        new_builder="let mut {} = String::new();".format,
        append="{}.push_str(&{});".format,
        built="{}.clone()".format,
        match_enum=_match_enum,
        enum_value_arm=_enum_value_arm,
        enum_block_arm=_enum_block_arm,
        end_arm="}",
        end_value_match="}};".format,
        match_number="let {0} = match {2} {{".format,
        one="{}".format,
        either="{} | {}".format,
        between="{}..{}".format,
        number_arm="{1} => {2},".format,
        negative_arm="{1} if {1} < 0 => {2},".format,
        rest_arm="{1} => {2},".format,
        set_entry="{}.set(&{}, {});".format,
        update_entry="{}.update(&{}, 0, |n| (n % 5003 + {}) % 10007);".format,
    ),
    function=_function,
    module_files=_module_files,
    main_text=_main_text,
    function_head=re.compile(r"^pub fn fn\d+\(.*\) -> .*\n", re.MULTILINE),
)
