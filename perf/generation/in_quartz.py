"""Generated programs in Quartz."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generation.shapes import INT, EnumShape, FunctionShape, StructShape
from generation.spelling import ExpressionForms, ModuleParts, Spelling, StatementForms, modules_of


def _list(values: Sequence[str]) -> str:
    return f"[{', '.join(values)}]"


def _variant(_enum: str, variant: str, payload: Sequence[str]) -> str:
    return f"{variant}({', '.join(payload)})" if payload else variant


def _struct(name: str, fields: Sequence[tuple[str, str, str]]) -> str:
    return f"{name} {{ {', '.join(f'{field}: {value}' for field, _, value in fields)} }}"


def _bind(name: str, kind: str, value: str, *, is_variable: bool, is_annotated: bool = False) -> str:
    annotation = f": {kind}" if is_annotated else ""
    return f"{'var ' if is_variable else ''}{name}{annotation} = {value}"


def _match_enum(name: str, kind: str, value: str, _enum: str) -> str:
    return f"{name} = match {value}" if kind else f"match {value}"


def _pattern(variant: str, bound: Sequence[tuple[str, str]]) -> str:
    return _variant("", variant, [name for name, _ in bound])


def _enum_value_arm(
    _name: str, _enum: str, variant: str, bound: Sequence[tuple[str, str]], value: str
) -> str:
    return f"{_pattern(variant, bound)} => {value}"


def _enum_block_arm(_name: str, _enum: str, variant: str, bound: Sequence[tuple[str, str]]) -> str:
    return f"{_pattern(variant, bound)} =>"


def _function(shape: FunctionShape, lines: Sequence[str]) -> str:
    listed = ", ".join(f"{name}: {kind}" for name, kind in shape.named_parameters())
    return "\n".join([f"def {shape.name}({listed}): {shape.result}", *lines, "end", ""])


def _struct_text(shape: StructShape) -> str:
    fields = (f"  {name}: {kind}" for name, kind in shape.fields)
    numbers = [f"self.{name}" for name, kind in shape.fields if kind == INT]
    weight = f"  def weight(self): Int = ({' + '.join(numbers)}) % 10007"
    struct = [f"struct {shape.name}", *fields, "end", ""]
    return "\n".join([*struct, f"impl Weighted for {shape.name}", weight, "end", ""])


def _enum_text(shape: EnumShape) -> str:
    variants = (f"  {_variant('', name, payload)}" for name, payload in shape.variants)
    return "\n".join([f"enum {shape.name}", *variants, "end", ""])


def _module_files(parts: ModuleParts) -> Iterator[tuple[str, str]]:
    head = [f"# Part {parts.number} of a generated program.\n", "import shared"]
    head += [f"import part{other}" for other in parts.imports]
    structs, enums = parts.types.structs.values(), parts.types.enums.values()
    lines = [*head, "", *map(_struct_text, structs), *map(_enum_text, enums), *parts.texts]
    yield f"part{parts.number}.qz", "\n".join(lines)


def _main_text(runners: Sequence[FunctionShape], lines: Sequence[str]) -> str:
    head = [f"import part{module}" for module in modules_of(runners)]
    return "\n".join([*head, "", "def main(): Int", *lines, '  puts("#{total}")', "  return 0", "end", ""])


QUARTZ = Spelling(
    name="quartz",
    suffix=".qz",
    shared=("shared.qz",),
    expressions=ExpressionForms(
        read="{0}".format,
        field="{}.{}".format,
        conjunction="({} and {})".format,
        disjunction="({} or {})".format,
        negation="not {}".format,
        f64_of_int="(({}) as F64)".format,
        int_of_f64="({} as Int)".format,
        int_of_bool="({} as Int)".format,
        text='"{}"'.format,
        byte_length="str_byte_len({})".format,
        contains='str_contains({}, "{}")'.format,
        is_text='{} == "{}"'.format,
        word_and_number='"{} #{{{}}}"'.format,
        dashed='"{}-" + {}'.format,
        text_of_int="str_from_int({})".format,
        replaced='str_replace({}, "{}", "_")'.format,
        shortened="shortened({}, {})".format,
        text_and_number='"#{{{}}}:#{{{}}}"'.format,
        numbers=_list,
        texts=_list,
        words='str_split("{}", " ")'.format,
        size="{}.size".format,
        element="element({}, {})".format,
        pick="pick({}, {}, {})".format,
        first_numbers="first_few({})".format,
        first_texts="first_few_texts({})".format,
        mapped="{}.map(x -> {})".format,
        filtered="{}.filter(x -> {})".format,
        reduced="{}.reduce({}, (a, x) -> {})".format,
        entry='"{}" => {}'.format,
        counts=lambda entries: f"{{{', '.join(entries)}}}",
        count_or='{}.get_or("{}", {})'.format,
        tagged='Tagged {{ tag: "{}", value: {} }}'.format,
        tagged_value="{}.value".format,
        relabelled='relabelled({}, "{}")'.format,
        variant=_variant,
        struct=_struct,
        weight="{0}.weight()".format,
        folded="folded({})".format,
        folded_text="folded_text({})".format,
        folded_texts='folded_text(str_join({}, ","))'.format,
        folded_counts="folded_counts({})".format,
        folded_enum='folded_text("#{{{0}}}")'.format,
        folded_struct="total_weight([{0}])".format,
    ),
    statements=StatementForms(
        bind=_bind,
        assign="{} = {}".format,
        assign_with="{} {} {} % 1000".format,
        keep_small="{} %= 100003".format,
        set_field="{}.{} = {}".format,
        new_vector="var {}: {} = vec_new()".format,
        push_number="{0}.push({1}) if {0}.size < 64".format,
        push_text="{0}.push({1}) if {0}.size < 24".format,
        give_back="return {}".format,
        give_back_if="return {} if {}".format,
        leave_if="{} if {}".format,
        if_="if {}".format,
        elsif="elsif {}".format,
        else_="else",
        end="end",
        for_range="for {} in 0..{}".format,
        for_each="for {0} in {1}.slice(0, {1}.size)".format,
        for_entries="for {}, {} in first_few_counts({})".format,
        while_below="while {} < {}".format,
        add_one="{} += 1".format,
        new_builder="{} = sb_new()".format,
        append="{}.append({})".format,
        built="{}.to_string()".format,
        match_enum=_match_enum,
        enum_value_arm=_enum_value_arm,
        enum_block_arm=_enum_block_arm,
        end_arm="end",
        end_match="end",
        end_value_match="end".format,
        match_number="{0} = match {2}".format,
        one="{}".format,
        either="{} | {}".format,
        between="{}..{}".format,
        number_arm="{1} => {2}".format,
        negative_arm="{1} if {1} < 0 => {2}".format,
        rest_arm="{1} => {2}".format,
        set_entry="{}[{}] = {}".format,
        update_entry="{}.update({}, 0, n -> (n % 5003 + {}) % 10007)".format,
    ),
    function=_function,
    module_files=_module_files,
    main_text=_main_text,
    function_head=re.compile(r"^def fn\d+\((.*)\): .*\n", re.MULTILINE),
    joint="; ",
)
