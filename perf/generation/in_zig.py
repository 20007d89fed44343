"""Generated programs in Zig: a file a part. What Quartz shares by reference is a pointer; nothing is freed.

Lambdas are labelled blocks, since a function cannot capture. `_ = &name` follows every name, for one that is
never read, or never changed, is an error in Zig; and constants of floats are made opaque, since Zig computes
with them in a wider format.
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
from generation.spelling import ExpressionForms, ModuleParts, Spelling, StatementForms

_TYPES = {
    INT: "i64",
    F64: "f64",
    BOOL: "bool",
    STRING: "String",
    INTS: "*List(i64)",
    STRINGS: "*List(String)",
    COUNTS: "*Counts",
    TAGGED: "Tagged(i64)",
    BUILDER: "List(u8)",
}
# A payload in the text of an enum: how it is written, and what is given for it.
_SHOWN = {
    INT: ("{d}", "payload[{}]"),
    F64: ("{s}", "textOfFloat(payload[{}])"),
    BOOL: ("{}", "payload[{}]"),
    STRING: ("{s}", "quoted(payload[{}])"),
}
_SHARED = (
    *("Counts", "Entry", "List", "String", "Tagged", "new", "list", "counts", "text", "words", "contains"),
    *("same", "replaced", "shortened", "element", "pick", "firstFew", "firstFewCounts", "relabelled"),
    *("joined", "float", "intOfFloat", "textOfFloat", "quoted", "totalWeight"),
    *("folded", "foldedText", "foldedCounts"),
)
_MAPPED = "map: {{ const out = list(i64, &.{{}}); for ({}.items()) |x| out.push({}); break :map out; }}"
_FILTERED = (
    "map: {{ const out = list(i64, &.{{}}); for ({}.items()) |x| if ({}) out.push(x); break :map out; }}"
)
_REDUCED = "sum: {{ var a: i64 = {1}; for ({0}.items()) |x| {{ a = {2}; }} break :sum a; }}"


def _type(kind: str) -> str:
    return _TYPES.get(kind) or (kind if kind.startswith(ENUM_STEM) else f"*{kind}")


def _list(element: str, values: Sequence[str]) -> str:
    return f"list({element}, &.{{ {', '.join(values)} }})"


def _variant(enum: str, variant: str, payload: Sequence[str]) -> str:
    values = f".{{ {', '.join(payload)} }}" if payload else "{}"
    return f"{enum}{{ .{variant} = {values} }}"


def _struct(name: str, fields: Sequence[tuple[str, str, str]]) -> str:
    return f"new({name}{{ {', '.join(f'.{field} = {value}' for field, _, value in fields)} }})"


def _bind(name: str, kind: str, value: str, *, is_variable: bool, is_annotated: bool = False) -> str:
    del is_variable, is_annotated  # a number without a type would be known while compiling only
    return f"var {name}: {_type(kind)} = {value}; _ = &{name};"


def _new_vector(name: str, kind: str) -> str:
    return _bind(name, kind, _list("i64" if kind == INTS else "String", ()), is_variable=True)


def _for_range(name: str, limit: int) -> str:
    return f"for (0..{limit}) |{name}_at| {{\n  {_bind(name, INT, f'@intCast({name}_at)', is_variable=False)}"


def _for_each(name: str, vector: str, _kind: str) -> str:
    return f"for ({vector}.copy()) |{name}| {{\n  _ = &{name};"


def _for_entries(key: str, value: str, counts: str) -> str:
    return (
        f"for (firstFewCounts({counts})) |{key}_entry| {{\n"
        f"  {_bind(key, STRING, f'{key}_entry.key', is_variable=False)}\n"
        f"  {_bind(value, INT, f'{key}_entry.value', is_variable=False)}"
    )


def _match_enum(name: str, kind: str, value: str, _enum: str) -> str:
    return f"const {name}: {_type(kind)} = switch ({value}) {{" if kind else f"switch ({value}) {{"


def _payload(name: str, bound: Sequence[tuple[str, str]]) -> list[str]:
    return [
        _bind(own, kind, f"{name}_of[{place}]", is_variable=False) for place, (own, kind) in enumerate(bound)
    ]


def _enum_value_arm(name: str, _enum: str, variant: str, bound: Sequence[tuple[str, str]], value: str) -> str:
    if not bound:
        return f".{variant} => {value},"
    return f".{variant} => |{name}_of| arm: {{ {' '.join(_payload(name, bound))} break :arm {value}; }},"


def _enum_block_arm(name: str, _enum: str, variant: str, bound: Sequence[tuple[str, str]]) -> str:
    capture = f"|{name}_of| " if bound else ""
    return "\n  ".join([f".{variant} => {capture}{{", *_payload(name, bound)])


def _match_number(name: str, kind: str, value: str, rest: str) -> str:
    return f"{_bind(rest, INT, value, is_variable=False)}\nconst {name}: {_type(kind)} = switch ({rest}) {{"


def _function(shape: FunctionShape, lines: Sequence[str]) -> str:
    listed = ", ".join(f"{name}: {_type(kind)}" for name, kind in shape.named_parameters())
    used = " ".join(f"_ = &{name};" for name, _ in shape.named_parameters())
    head = [f"pub fn {shape.name}({listed}) {_type(shape.result)} {{", f"  {used}"]
    return "\n".join([*head, *lines, "}", ""])


def _struct_text(shape: StructShape) -> str:
    fields = (f"  {name}: {_type(kind)}," for name, kind in shape.fields)
    numbers = [f"self.{name}" for name, kind in shape.fields if kind == INT]
    weight = [
        f"  pub fn weight(self: *const {shape.name}) i64 {{",
        f"    return @rem({' + '.join(numbers)}, 10007);",
        "  }",
    ]
    return "\n".join([f"const {shape.name} = struct {{", *fields, "", *weight, "};", ""])


def _enum_text(shape: EnumShape) -> str:
    lines = [f"const {shape.name} = union(enum) {{"]
    for name, payload in shape.variants:
        members = ", ".join(map(_type, payload))
        lines.append(f"  {name}: struct {{ {members} }}," if payload else f"  {name},")
    lines += ["", f"  pub fn shown(self: {shape.name}) String {{", "    return switch (self) {"]
    for name, payload in shape.variants:
        if not payload:
            lines.append(f'      .{name} => "{name}",')
            continue
        forms = ", ".join(_SHOWN[kind][0] for kind in payload)
        values = ", ".join(_SHOWN[kind][1].format(at) for at, kind in enumerate(payload))
        lines.append(f'      .{name} => |payload| text("{name}({forms})", .{{ {values} }}),')
    return "\n".join([*lines, "    };", "  }", "};", ""])


def _imported(module: str, name: str) -> str:
    return f'const {name} = @import("{module}.zig").{name};'


def _module_files(parts: ModuleParts) -> Iterator[tuple[str, str]]:
    head = [f"//! Part {parts.number} of a generated program.", ""]
    head += [_imported("shared", name) for name in _SHARED]
    head += [_imported(f"part{shape.module}", shape.name) for shape in parts.called]
    structs, enums = parts.types.structs.values(), parts.types.enums.values()
    lines = [*head, "", *map(_struct_text, structs), *map(_enum_text, enums), *parts.texts]
    yield f"part{parts.number}.zig", "\n".join(lines)


def _main_text(runners: Sequence[FunctionShape], lines: Sequence[str]) -> str:
    head = [_imported("shared", "Environment"), _imported("shared", "show")]
    head += [_imported(f"part{shape.module}", shape.name) for shape in runners]
    body = ["pub fn main(environment: Environment) !void {", *lines, "  try show(environment, total);", "}"]
    return "\n".join([*head, "", *body, ""])


ZIG = Spelling(
    name="zig",
    suffix=".zig",
    shared=("shared.zig",),
    expressions=ExpressionForms(
        read="{0}".format,
        field="{}.{}".format,
        sum="@rem({0} + {1}, 10007)".format,
        product="@rem(@rem({0}, 1009) * @rem({1}, 1013), 9973)".format,
        other_bits="@rem({0} ^ {1}, 65536)".format,
        shifted_left="(@rem({0}, 256) << {1})".format,
        quotient="@divTrunc({0}, @rem({1}, 7) + 8)".format,
        checksum="@rem({0} * 31 + {1}, 1000003)".format,
        half_sum="(float({0}) * 0.5 + {1})".format,
        quarter_difference="(float({0}) - {1} * 0.25)".format,
        damped="(float({0}) / (float({1}) * float({1}) + 1.0))".format,
        conjunction="({} and {})".format,
        disjunction="({} or {})".format,
        f64_of_int="@as(f64, @floatFromInt({}))".format,
        int_of_f64="intOfFloat({})".format,
        int_of_bool="@as(i64, @intFromBool({}))".format,
        text='"{}"'.format,
        byte_length="@as(i64, @intCast({}.len))".format,
        contains="contains({}, '{}')".format,
        is_text='same({}, "{}")'.format,
        word_and_number='text("{} {{d}}", .{{{}}})'.format,
        dashed='text("{}-{{s}}", .{{{}}})'.format,
        text_of_int='text("{{d}}", .{{{}}})'.format,
        replaced="replaced({}, '{}')".format,
        shortened="shortened({}, {})".format,
        text_and_number='text("{{s}}:{{d}}", .{{ {}, {} }})'.format,
        numbers=lambda values: _list("i64", values),
        texts=lambda values: _list("String", values),
        words='words("{}")'.format,
        size="{}.size()".format,
        element="element({}, {})".format,
        pick="pick(i64, {}, {}, {})".format,
        first_numbers="firstFew(i64, {})".format,
        first_texts="firstFew(String, {})".format,
        mapped=_MAPPED.format,
        filtered=_FILTERED.format,
        reduced=_REDUCED.format,
        shifted="@rem(@rem(x, 4001) + {}, 10007)".format,
        scaled="@rem(x, 257) * {}".format,
        is_no_multiple="@rem(x, {}) != {}".format,
        combined="@rem(@rem(a, 9001) * {} + @rem(x, 8009), 10007)".format,
        entry='.{{ .key = "{}", .value = {} }}'.format,
        counts=lambda entries: f"counts(&.{{ {', '.join(entries)} }})",
        count_or='{}.getOr("{}", {})'.format,
        tagged='Tagged(i64){{ .tag = "{}", .value = {} }}'.format,
        tagged_value="{}.value".format,
        relabelled='relabelled(i64, {}, "{}")'.format,
        variant=_variant,
        struct=_struct,
        weight="{0}.weight()".format,
        folded="folded({})".format,
        folded_text="foldedText({})".format,
        folded_texts="foldedText(joined({}))".format,
        folded_counts="foldedCounts({})".format,
        folded_enum="foldedText({0}.shown())".format,
        folded_struct="totalWeight({1}, &.{{{0}}})".format,
    ),
    statements=StatementForms(
        bind=_bind,
        assign="{} = {};".format,
        assign_with="{} {} @rem({}, 1000);".format,
        keep_small="{0} = @rem({0}, 100003);".format,
        set_field="{}.{} = {};".format,
        new_vector=_new_vector,
        push_number="if ({0}.size() < 64) {0}.push({1});".format,
        push_text="if ({0}.size() < 24) {0}.push({1});".format,
        give_back="return {};".format,
        give_back_if="if ({1}) return {0};".format,
        leave_if="if ({1}) {0};".format,
        if_="if ({}) {{".format,
        elsif="}} else if ({}) {{".format,
        else_="} else {",
        for_range=_for_range,
        for_each=_for_each,
        for_entries=_for_entries,
        while_below="while ({} < {}) {{".format,
        add_one="{} += 1;".format,
        new_builder="var {} = List(u8){{}};".format,
        append="{}.pushAll({});".format,
        built="{}.copy()".format,
        match_enum=_match_enum,
        enum_value_arm=_enum_value_arm,
        enum_block_arm=_enum_block_arm,
        end_arm="},",
        end_value_match="}}; _ = &{};".format,
        match_number=_match_number,
        one="{}".format,
        either="{}, {}".format,
        between=lambda first, end, _rest: f"{first}...{end - 1}",
        number_arm="{1} => {2},".format,
        negative_arm="else => if ({1} < 0) {2} else".format,
        rest_arm="{2},".format,
        set_entry="{}.set({}, {});".format,
        update_entry=(
            "{{ const n = {0}.getOr({1}, 0); {0}.set({1}, @rem(@rem(n, 5003) + {2}, 10007)); }}".format
        ),
    ),
    function=_function,
    module_files=_module_files,
    main_text=_main_text,
    function_head=re.compile(r"^pub fn fn\d+\(.*\) .* \{\n", re.MULTILINE),
)
