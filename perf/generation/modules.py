"""Whole modules: structs and functions, what they share, and a main that runs everything."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from generation.shapes import (
    BOOL,
    COUNTS,
    F64,
    FIELD_TYPES,
    INT,
    INTS,
    PAYLOAD_TYPES,
    RICH_TYPES,
    STRING,
    STRINGS,
    TAGGED,
    EnumShape,
    FunctionShape,
    Scope,
    StructShape,
    Types,
)
from generation.statements import Body

FUNCTIONS_PER_MODULE = 27
FUNCTIONS_AT_SCALE_1 = 2140
_STRUCTS_PER_MODULE = 2
_ENUMS_PER_MODULE = 2
_BODY_LINES = 24
_CALLEES_IN_SIGHT = 24
_CALLS_PER_RUNNER = 30

SHARED = """\
# What the generated functions share.

def element(v: Vec<Int>, index: Int): Int
  return 0 if v.size == 0
  return v[(index % v.size + v.size) % v.size]
end

def shortened(text: String, most: Int): String
  return text if str_byte_len(text) <= most
  return str_byte_slice(text, 0, most)
end

def first_few(v: Vec<Int>): Vec<Int>
  return v if v.size <= 8
  return v.slice(0, 8)
end

def first_few_texts(v: Vec<String>): Vec<String>
  return v if v.size <= 8
  return v.slice(0, 8)
end

def first_few_counts(m: Map<String, Int>): Map<String, Int>
  found: Map<String, Int> = {}
  for key, value in m
    break if found.size >= 8
    found[key] = value
  end
  return found
end

# Something of any type, tagged; and what works on vectors of anything.
struct Tagged<T>
  tag: String
  value: T
end

def relabelled<T>(item: Tagged<T>, tag: String): Tagged<T> = Tagged { tag: tag, value: item.value }

def pick<T>(v: Vec<T>, index: Int, otherwise: T): T
  return otherwise if v.size == 0
  return v[(index % v.size + v.size) % v.size]
end

# What the structs of every part have.
trait Weighted
  def weight(self): Int
  def doubled(self): Int = self.weight() * 2 % 10007
end

def total_weight<T: Weighted>(items: Vec<T>): Int
  var total = 0
  for item in items
    total = (total + item.doubled()) % 10007
  end
  return total
end

def folded_counts(m: Map<String, Int>): Int
  var total = m.size
  for key, value in m
    total = (total * 31 + str_byte_len(key) * 7 + value) % 1000003
  end
  return total
end

def folded(v: Vec<Int>): Int
  var total = v.size
  for x in v
    total = (total * 31 + x) % 1000003
  end
  return total
end

def folded_text(text: String): Int
  var total = str_byte_len(text)
  for i in 0..str_byte_len(text)
    total = (total * 31 + str_byte_at(text, i)) % 1000003
  end
  return total
end
"""

# How a value of each type becomes a number, and what a first call passes.
_AS_NUMBER = {
    INT: "{}",
    F64: "({} as Int)",
    BOOL: "({} as Int)",
    STRING: "folded_text({})",
    INTS: "folded({})",
    STRINGS: 'folded_text(str_join({}, ","))',
    COUNTS: "folded_counts({})",
    TAGGED: "{}.value",
}
_FIRST_ARGUMENTS = {
    INT: "{}",
    F64: "{}.5",
    BOOL: "true",
    STRING: '"seed {}"',
    INTS: "[{0}, 2, 3]",
    STRINGS: '["a", "b{}"]',
    COUNTS: '{{"a" => {0}, "b" => 2}}',
    TAGGED: 'Tagged {{ tag: "t", value: {} }}',
}


class Program:
    """A program of any number of functions. Function ``n`` is the same however many follow it."""

    def __init__(self, n_functions: int, seed: int) -> None:
        self._seed = seed
        self._functions: list[FunctionShape] = []
        self._types: list[Types] = []
        self._n_functions = n_functions

    def files(self) -> Iterator[tuple[str, str]]:
        """The name and the text of each file, one at a time."""
        yield "shared.qz", SHARED
        n_modules = -(-self._n_functions // FUNCTIONS_PER_MODULE)
        for module in range(n_modules):
            yield f"part{module}.qz", self._module(module)
        yield "main.qz", self._main(n_modules)

    def _module(self, module: int) -> str:
        rng = Random(f"{self._seed}/module {module}")
        structs = [_struct(rng, f"Rec{module}x{place}") for place in range(_STRUCTS_PER_MODULE)]
        enums = [_enum(rng, f"Kind{module}x{place}") for place in range(_ENUMS_PER_MODULE)]
        types = Types({shape.name: shape for shape in structs}, {shape.name: shape for shape in enums})
        self._types.append(types)
        first = module * FUNCTIONS_PER_MODULE
        texts: list[str] = []
        used = {module}
        for number in range(first, min(first + FUNCTIONS_PER_MODULE, self._n_functions)):
            text, called = self._function(number, module)
            texts.append(text)
            used |= {shape.module for shape in called}
        own = self._functions[first:]
        texts += _runners(module, own, types)
        head = [f"# Part {module} of a generated program.\n", "import shared"]
        head += [f"import part{other}" for other in sorted(used - {module})]
        return "\n".join([*head, "", *map(_struct_text, structs), *map(_enum_text, enums), *texts])

    def _function(self, number: int, module: int) -> tuple[str, set[FunctionShape]]:
        rng = Random(f"{self._seed}/function {number}")
        types = self._types[module]
        kinds = (*RICH_TYPES, *types.names)
        parameters = tuple(rng.choice(kinds) for _ in range(rng.randrange(1, 5)))
        result = rng.choice(kinds)
        # Most callees are near; one of another module is called only where it needs none of its structs.
        near = self._functions[-_CALLEES_IN_SIGHT:]
        far = rng.sample(self._functions, min(4, len(self._functions)))
        callees = [shape for shape in (*near, *far) if shape.module == module or _is_plain(shape)]
        body = Body(rng, types, callees, result, _BODY_LINES)
        names = {f"a{place}": kind for place, kind in enumerate(parameters)}
        body.fill(Scope(dict(names), set()))
        listed = ", ".join(f"{name}: {kind}" for name, kind in names.items())
        self._functions.append(FunctionShape(f"fn{number}", module, parameters, result, body.cost))
        text = "\n".join([f"def fn{number}({listed}): {result}", *body.lines, "end", ""])
        return text, body.called

    def _main(self, n_modules: int) -> str:
        lines = [f"import part{module}" for module in range(n_modules)]
        lines += ["", "def main(): Int", "  var total = 0"]
        for module in range(n_modules):
            count = min(FUNCTIONS_PER_MODULE, self._n_functions - module * FUNCTIONS_PER_MODULE)
            for runner in range(-(-count // _CALLS_PER_RUNNER)):
                lines.append(f"  total = (total * 31 + run{module}x{runner}()) % 1000003")
        return "\n".join([*lines, '  puts("#{total}")', "  return 0", "end", ""])


def _is_plain(shape: FunctionShape) -> bool:
    return all(kind in _AS_NUMBER for kind in (*shape.parameters, shape.result))


def _struct(rng: Random, name: str) -> StructShape:
    kinds = [INT, *(rng.choice(FIELD_TYPES) for _ in range(rng.randrange(1, 6)))]
    return StructShape(name, tuple((f"field{place}", kind) for place, kind in enumerate(kinds)))


def _struct_text(shape: StructShape) -> str:
    fields = (f"  {name}: {kind}" for name, kind in shape.fields)
    numbers = [f"self.{name}" for name, kind in shape.fields if kind == INT]
    weight = f"  def weight(self): Int = ({' + '.join(numbers)}) % 10007"
    struct = [f"struct {shape.name}", *fields, "end", ""]
    return "\n".join([*struct, f"impl Weighted for {shape.name}", weight, "end", ""])


def _enum(rng: Random, name: str) -> EnumShape:
    """Between two and five variants, the first of them without a payload."""
    payloads = [tuple(rng.choice(PAYLOAD_TYPES) for _ in range(rng.randrange(0, 3))) for _ in range(4)]
    chosen = [(), *payloads[: rng.randrange(1, 5)]]
    return EnumShape(name, tuple((f"{name}v{tag}", payload) for tag, payload in enumerate(chosen)))


def _enum_text(shape: EnumShape) -> str:
    variants = (
        f"  {name}({', '.join(payload)})" if payload else f"  {name}" for name, payload in shape.variants
    )
    return "\n".join([f"enum {shape.name}", *variants, "end", ""])


def _runners(module: int, functions: list[FunctionShape], types: Types) -> Iterator[str]:
    """Functions that call each function of a module once."""
    for start in range(0, len(functions), _CALLS_PER_RUNNER):
        lines = [f"def run{module}x{start // _CALLS_PER_RUNNER}(): Int", "  var total = 0"]
        for place, shape in enumerate(functions[start : start + _CALLS_PER_RUNNER], start + 1):
            arguments = ", ".join(_first_argument(kind, place, types) for kind in shape.parameters)
            number = _as_number(f"{shape.name}({arguments})", shape.result, types)
            lines.append(f"  total = (total * 31 + {number}) % 1000003")
        yield "\n".join([*lines, "  return total", "end", ""])


def _first_argument(kind: str, number: int, types: Types) -> str:
    if kind in _FIRST_ARGUMENTS:
        return _FIRST_ARGUMENTS[kind].format(number)
    if kind in types.enums:
        variants = types.enums[kind].variants
        name, payload = variants[number % len(variants)]
        values = [_first_argument(type_, number, types) for type_ in payload]
        return f"{name}({', '.join(values)})" if values else name
    shape = types.structs[kind]
    fields = (f"{name}: {_first_argument(type_, number, types)}" for name, type_ in shape.fields)
    return f"{kind} {{ {', '.join(fields)} }}"


def _as_number(value: str, kind: str, types: Types) -> str:
    if kind in types.structs:
        return f"total_weight([{value}])"
    if kind in types.enums:
        return f'folded_text("#{{{value}}}")'
    return _AS_NUMBER[kind].format(value)
