"""Compiles and runs one file in every way there is, within one process and its forks.

The front end runs once. Forks inherit what it made, and lower it in place, each in a way of its own; the
interpreter that checks counts runs what comes of it, down to the stage `cfg`. The LLVM text is compiled and
run in forks again. So nothing is made twice, nothing is linked, and whatever crashes is alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, TypeVar

from xdsl.dialects.builtin import ModuleOp
from xdsl.dialects.func import FuncOp

from lowering.emit_llvm import FunctionText
from lowering.fused import write_functions
from lowering.legality import verify_stage
from lowering.options import LoweringOptions
from lowering.pipeline import PASSES, load_pass, passes_between, passes_to, text_of
from qz.codegen.machine import host
from qz.codegen.unit import UnitJob, compile_unit
from qz.driver.build import Build
from qz.driver.caching.cache import open_cache
from qz.driver.lowering_step import LoweringStep
from qz.driver.objects.backend import Backend
from qz.driver.objects.runtime_text import RuntimeTexts
from qz.driver.objects.runtime_unit import Runtime
from qz.driver.objects.units import ENTRY_SYMBOL
from qz.driver.options import Options
from qz.driver.session import Session
from tests.differential.cases import BYTES_IN_USE, Told, first_difference, interpreted, printed, run
from tests.differential.forks import ForkFailedError, in_fork
from tests.differential.reference import variables_of

T = TypeVar("T")

NEEDED_PASSES = ("to_closures", "to_cfg", "expand_values", "split_generators", "insert_counts")
"""Those without which nothing comes of a program."""


class Way(NamedTuple):
    """A way to lower a program: the passes to the stage `cfg`, and the profiles LLVM compiles it under. Only
    a thorough examination goes beyond the first of them."""

    name: str
    passes: tuple[str, ...]
    options: LoweringOptions
    profiles: tuple[str, ...]


_DEV, _RELEASE = LoweringOptions(), LoweringOptions(release=True)
WAYS = (
    Way("dev", tuple(passes_to("cfg", _DEV)), _DEV, ("O0",)),
    Way("plain", NEEDED_PASSES, _DEV, ("O0",)),
    Way("release", tuple(passes_to("cfg", _RELEASE)), _RELEASE, ("O2", "O3")),
)


class Lowered(NamedTuple):
    """What came of a way: the cases under the interpreter that counts, and the text with what it mentions."""

    told: list[Told]
    text: bytes
    mentions: set[str]


class Verdict(NamedTuple):
    """The cases that do not end, and what is wrong otherwise: nothing, where everybody agrees."""

    endless: list[str]
    differences: list[str]


class Laboratory:
    """What serves all files, made once; a ``with`` block ends it."""

    def __init__(self) -> None:
        self.options = Options(jobs=1, level="O2")  # for which calls say more than passes of other levels ask
        self.backend = Backend(self.options, host())
        self.backend.path("made-now")  # the folder, for all forks
        self.cache = open_cache(wanted=True)
        for module in ("qz.driver.ir_making", *PASSES.values()):
            import_module(module)  # here, and not in each fork
        self.in_use = in_fork(lambda: self.compiled("in-use", BYTES_IN_USE, "O0", ()))

    def __enter__(self) -> Laboratory:
        return self

    def __exit__(self, *_: object) -> None:
        self.backend.__exit__(None, None, None)

    def compiled(self, name: str, text: bytes, profile: str, bitcode: Sequence[str]) -> bytes:
        """The object that LLVM makes of a text, the runtime linked in where it is given."""
        path = self.backend.path(f"{name}{os.getpid()}.o")
        keep = (ENTRY_SYMBOL,) if bitcode else None
        job = UnitJob(name, text, host(), profile, (("obj", path),), tuple(bitcode), keep=keep, verify=True)
        result = compile_unit(job)
        wrong = result.error or result.file_error
        assert not wrong, wrong
        image = Path(path).read_bytes()
        os.unlink(path)
        return image

    def examine(
        self,
        source: Path,
        cases: Sequence[str],
        seeing_drops: Collection[str] = (),
        *,
        overflow: str = "trap",
        is_thorough: bool = True,
    ) -> Verdict:
        """Runs a file in every way. Cases that see when values are given up are compared among runs that
        count. To be thorough takes twice as long: the stage `cfg` is verified, LLVM runs at more levels."""
        options = self.options._replace(files=(str(source),), overflow=overflow)
        try:
            return in_fork(lambda: _Subject(self, options, cases, seeing_drops, is_thorough).examine())
        except ForkFailedError as failure:
            return Verdict([], [f"the front end: {failure}"])


class _Subject:
    """A file on its way through all of it, in a fork of its own."""

    def __init__(
        self,
        laboratory: Laboratory,
        options: Options,
        cases: Sequence[str],
        seeing_drops: Collection[str],
        is_thorough: bool,
    ) -> None:
        self._laboratory = laboratory
        self._cases = cases
        self._seeing_drops = seeing_drops
        self._is_thorough = is_thorough
        self._session = Session(options)
        self._build = Build(self._session)
        self._step = LoweringStep(self._session, laboratory.backend)
        assert self._build.load(options.files[0])
        self._modules = [unit.module for unit in self._build.functions()]
        errors = [found for found in self._session.sink.diagnostics if found.severity.value == "error"]
        assert not self._session.sink.n_errors, errors[:3]
        self._found: list[str] = []

    def examine(self) -> Verdict:
        """See `Laboratory.examine`."""
        meant = self._tried("the interpreter", lambda: self._interpreted(checks_counts=False))
        if meant is None:
            return Verdict([], self._found)
        if endless := self._endless(meant):
            return Verdict(endless, [])
        for way in WAYS:
            lowered = self._tried(way.name, lambda way=way: self._lowered(way))
            if lowered is None:
                continue
            if endless := self._endless(lowered.told):  # which takes more steps than what it was made of
                return Verdict(endless, [])
            if way is WAYS[0]:
                meant = [
                    counted._replace(counts="") if case in self._seeing_drops else told
                    for case, told, counted in zip(self._cases, meant, lowered.told, strict=True)
                ]
            for case, told, counted in zip(self._cases, meant, lowered.told, strict=True):
                if told != counted:
                    self._found.append(f"{way.name}, counted: {case}: {counted} and not {told}")
            self._run(way, lowered, printed(self._cases, meant))
        return Verdict([], self._found)

    def _endless(self, told: Sequence[Told]) -> list[str]:
        return [case for case, one in zip(self._cases, told, strict=True) if one.is_endless]

    def _tried(self, name: str, action: Callable[[], T]) -> T | None:
        try:
            return in_fork(action)
        except ForkFailedError as failure:
            self._found.append(f"{name}: {failure}")
            return None

    def _interpreted(self, *, checks_counts: bool) -> list[Told]:
        ops = [op for module in self._modules for op in module.ops if isinstance(op, FuncOp)]
        functions = {op.sym_name.data: op for op in ops if not op.is_declaration}
        prefix = self._build.entry.main_symbol.removesuffix("main")
        entries = [prefix + case for case in self._cases]
        new_variables = partial(variables_of, self._build, are_expanded=checks_counts)
        return interpreted(functions, new_variables, entries, checks_counts=checks_counts)

    def _lowered(self, way: Way) -> Lowered:
        for module in self._modules:
            for name in way.passes:
                load_pass(name)(module, way.options)
            if self._is_thorough:
                verify_stage(module, "cfg")
        told = self._interpreted(checks_counts=True)
        builder = self._step.new_builder()
        mentions: set[str] = set()
        texts = [_text(module, way.options) for module in self._modules]
        for text in [*texts, *self._step.entry(self._build)]:
            builder.add(text)
            mentions.update(text.declarations)
        return Lowered(told, builder.finish().encode(), mentions)

    def _run(self, way: Way, lowered: Lowered, expected: bytes) -> None:
        laboratory = self._laboratory
        texts = RuntimeTexts(self._session, self._build, self._step)
        runtime = Runtime(laboratory.backend, laboratory.cache, texts.unit)
        assert runtime.require(lowered.mentions)
        runtime.wait()

        def output(profile: str) -> tuple[bytes, int]:
            is_whole = profile != "O0"
            bitcode = runtime.whole().bitcode_paths if is_whole else ()
            made = laboratory.compiled("unit", lowered.text, profile, bitcode)
            return run([made, laboratory.in_use, *(() if is_whole else runtime.objects)])

        for profile in way.profiles if self._is_thorough else way.profiles[:1]:
            name = f"{way.name} at {profile}"
            ran = self._tried(name, lambda profile=profile: output(profile))
            if ran is not None and ran != (expected, 0):
                self._found.append(f"{name}: status {ran[1]}, {first_difference(expected, ran[0])}")


def _text(module: ModuleOp, options: LoweringOptions) -> FunctionText:
    """The rest of the way of a function from the stage `cfg`, as production goes it."""
    text, calls_itself = write_functions(module, options)
    if not (calls_itself and options.release):
        return text
    for name in passes_between("cfg", "llvm", options):
        load_pass(name)(module, options)
    return text_of(module, options)
