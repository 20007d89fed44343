"""Whole modules: structs and functions, what they share, and a main that runs everything."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from generation.shapes import (
    BOOL,
    F64,
    FIELD_TYPES,
    INT,
    INTS,
    PLAIN_TYPES,
    STRING,
    STRINGS,
    FunctionShape,
    Scope,
    StructShape,
)
from generation.statements import Body

FUNCTIONS_PER_MODULE = 120
_STRUCTS_PER_MODULE = 4
_BODY_LINES = 34
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
}
_FIRST_ARGUMENTS = {
    INT: "{}",
    F64: "{}.5",
    BOOL: "true",
    STRING: '"seed {}"',
    INTS: "[{0}, 2, 3]",
    STRINGS: '["a", "b{}"]',
}


class Program:
    """A program of any number of functions. Function ``n`` is the same however many follow it."""

    def __init__(self, n_functions: int, seed: int) -> None:
        self._seed = seed
        self._functions: list[FunctionShape] = []
        self._structs: list[dict[str, StructShape]] = []
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
        names = [f"Rec{module}x{place}" for place in range(_STRUCTS_PER_MODULE)]
        structs = {name: _struct(rng, name) for name in names}
        self._structs.append(structs)
        first = module * FUNCTIONS_PER_MODULE
        texts: list[str] = []
        used = {module}
        for number in range(first, min(first + FUNCTIONS_PER_MODULE, self._n_functions)):
            text, called = self._function(number, module)
            texts.append(text)
            used |= {shape.module for shape in called}
        own = self._functions[first:]
        texts += _runners(module, own, structs)
        head = [f"# Part {module} of a generated program.\n", "import shared"]
        head += [f"import part{other}" for other in sorted(used - {module})]
        return "\n".join([*head, "", *map(_struct_text, structs.values()), *texts])

    def _function(self, number: int, module: int) -> tuple[str, set[FunctionShape]]:
        rng = Random(f"{self._seed}/function {number}")
        structs = self._structs[module]
        types = (*PLAIN_TYPES, *structs)
        parameters = tuple(rng.choice(types) for _ in range(rng.randrange(1, 5)))
        result = rng.choice(types)
        # Most callees are near; one of another module is called only where it needs none of its structs.
        near = self._functions[-_CALLEES_IN_SIGHT:]
        far = rng.sample(self._functions, min(4, len(self._functions)))
        callees = [shape for shape in (*near, *far) if shape.module == module or _is_plain(shape)]
        body = Body(rng, structs, callees, result, _BODY_LINES)
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
    return "\n".join([f"struct {shape.name}", *fields, "end", ""])


def _runners(module: int, functions: list[FunctionShape], structs: dict[str, StructShape]) -> Iterator[str]:
    """Functions that call each function of a module once."""
    for start in range(0, len(functions), _CALLS_PER_RUNNER):
        lines = [f"def run{module}x{start // _CALLS_PER_RUNNER}(): Int", "  var total = 0"]
        for place, shape in enumerate(functions[start : start + _CALLS_PER_RUNNER], start + 1):
            arguments = ", ".join(_first_argument(kind, place, structs) for kind in shape.parameters)
            number = _as_number(f"{shape.name}({arguments})", shape.result)
            lines.append(f"  total = (total * 31 + {number}) % 1000003")
        yield "\n".join([*lines, "  return total", "end", ""])


def _first_argument(kind: str, number: int, structs: dict[str, StructShape]) -> str:
    if kind in _FIRST_ARGUMENTS:
        return _FIRST_ARGUMENTS[kind].format(number)
    fields = (f"{name}: {_first_argument(type_, number, structs)}" for name, type_ in structs[kind].fields)
    return f"{kind} {{ {', '.join(fields)} }}"


def _as_number(value: str, kind: str) -> str:
    form = _AS_NUMBER.get(kind)
    return form.format(value) if form else f"{value}.field0"
