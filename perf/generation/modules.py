"""Whole modules: structs and functions, what they share, and a main that runs everything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from operator import attrgetter
from pathlib import PurePath
from random import Random

from generation.first_calls import FirstCalls
from generation.in_quartz import QUARTZ
from generation.shapes import (
    ENUM_STEM,
    FIELD_TYPES,
    INT,
    PAYLOAD_TYPES,
    RICH_TYPES,
    STRUCT_STEM,
    EnumShape,
    FunctionShape,
    Scope,
    StructShape,
    Types,
)
from generation.spelling import SHARED, ModuleParts, Spelling
from generation.statements import Body

FUNCTIONS_PER_MODULE = 27
FUNCTIONS_AT_SCALE_1 = 2140
_STRUCTS_PER_MODULE = 2
_ENUMS_PER_MODULE = 2
_BODY_LINES = 24
_CALLEES_IN_SIGHT = 24


class Program:
    """A program of any number of functions. Function ``n`` is the same however many follow it."""

    def __init__(self, n_functions: int, seed: int, spelling: Spelling = QUARTZ) -> None:
        self._seed = seed
        self._spelling = spelling
        self._functions: list[FunctionShape] = []
        self._types: list[Types] = []
        self._n_functions = n_functions

    def files(self) -> Iterator[tuple[str, str]]:
        """The name and the text of each file, one at a time."""
        for name in self._spelling.shared:
            yield name, (SHARED / PurePath(name).name).read_text(encoding="utf-8")
        n_modules = -(-self._n_functions // FUNCTIONS_PER_MODULE)
        runners: list[FunctionShape] = []
        for module in range(n_modules):
            parts, new = self._module(module)
            runners += new
            yield from self._spelling.module_files(parts)
        calls = FirstCalls(Types({}, {}), self._spelling)
        yield f"main{self._spelling.suffix}", self._spelling.main_text(runners, calls.summed(runners, 0))

    def _module(self, module: int) -> tuple[ModuleParts, list[FunctionShape]]:
        """A module, and the functions that run all of its functions."""
        rng = Random(f"{self._seed}/module {module}")
        structs = [_struct(rng, f"{STRUCT_STEM}{module}x{place}") for place in range(_STRUCTS_PER_MODULE)]
        enums = [_enum(rng, f"{ENUM_STEM}{module}x{place}") for place in range(_ENUMS_PER_MODULE)]
        types = Types({shape.name: shape for shape in structs}, {shape.name: shape for shape in enums})
        self._types.append(types)
        first = module * FUNCTIONS_PER_MODULE
        texts: list[str] = []
        called: set[FunctionShape] = set()
        for number in range(first, min(first + FUNCTIONS_PER_MODULE, self._n_functions)):
            text, new = self._function(number, module)
            texts.append(text)
            called |= new
        own = self._functions[first:]
        runners: list[FunctionShape] = []
        for shape, lines in FirstCalls(types, self._spelling).runners(module, own):
            runners.append(shape)
            texts.append(self._spelling.function(shape, lines))
        others = sorted((shape for shape in called if shape.module != module), key=attrgetter("name"))
        return ModuleParts(module, others, types, [*own, *runners], texts), runners

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
        body = Body(rng, types, self._spelling, callees, result, _BODY_LINES)
        shape = FunctionShape(f"fn{number}", module, parameters, result)
        body.fill(Scope(dict(shape.named_parameters()), set()))
        self._functions.append(replace(shape, cost=body.cost))
        return self._spelling.function(shape, body.lines), body.called


def _is_plain(shape: FunctionShape) -> bool:
    return all(kind in RICH_TYPES for kind in (*shape.parameters, shape.result))


def _struct(rng: Random, name: str) -> StructShape:
    kinds = [INT, *(rng.choice(FIELD_TYPES) for _ in range(rng.randrange(1, 6)))]
    return StructShape(name, tuple((f"field{place}", kind) for place, kind in enumerate(kinds)))


def _enum(rng: Random, name: str) -> EnumShape:
    """Between two and five variants, the first of them without a payload."""
    payloads = [tuple(rng.choice(PAYLOAD_TYPES) for _ in range(rng.randrange(0, 3))) for _ in range(4)]
    chosen = [(), *payloads[: rng.randrange(1, 5)]]
    return EnumShape(name, tuple((f"{name}v{tag}", payload) for tag, payload in enumerate(chosen)))
