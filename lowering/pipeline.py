"""The passes in order, and the two ways to run them: down to a stage, or all the way to LLVM text."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from xdsl.dialects.builtin import ModuleOp

from lowering.contents import Contents
from lowering.emit_llvm import FunctionText, emit_functions
from lowering.fused import write_functions
from lowering.options import DEFAULT_OPTIONS, LoweringOptions
from lowering.ownership.insert_counts import mark_and_insert

if TYPE_CHECKING:
    from xdsl.context import Context
    from xdsl.passes import ModulePass

Pass = Callable[[ModuleOp, LoweringOptions], None]
Concern = Callable[[Contents], bool]

STAGE_PASSES: dict[str, tuple[str, ...]] = {
    "qz": (),
    "qz-opt": ("to_closures", "fold_constants", "eliminate_dead"),
    "cfg": (
        *("to_cfg", "expand_values", "split_generators", "elide_owns", "mark_borrows", "insert_counts"),
        "extend_in_place",
    ),
    "rt": ("to_rt",),
    "llvm": ("to_llvm",),
}
"""The passes that lead from one stage to the next."""

RELEASE_PASSES: dict[str, tuple[str, ...]] = {
    "qz-opt": (
        "to_closures",
        "settle_variables",
        "fold_constants",
        "eliminate_dead",
        "peel_partitions",
        "version_loops",
    ),
    "cfg": (
        *("to_cfg", "expand_values", "split_generators", "dissolve_blocks", "to_owned", "elide_owns"),
        *("lend_to_variables", "mark_borrows", "insert_counts", "own_in_place", "move_from_variables"),
        *(
            "cancel_counts",
            "place_blocks",
            "extend_in_place",
            "give_up_early",
            "reuse_blocks",
            "spread_checks",
        ),
        *("to_bare", "bound_indices", "place_vectors"),
    ),
    "llvm": ("to_llvm", "unroll_recursion"),
}
"""What an optimising build runs instead."""

PASSES = {
    "to_closures": "lowering.to_closures",
    "settle_variables": "lowering.settle_variables",
    "fold_constants": "lowering.fold_constants",
    "eliminate_dead": "lowering.eliminate_dead",
    "peel_partitions": "lowering.bounds.peel_partitions",
    "version_loops": "lowering.bounds.version_loops",
    "to_cfg": "lowering.to_cfg",
    "expand_values": "lowering.expand_values",
    "split_generators": "lowering.split_generators",
    "dissolve_blocks": "lowering.escapes.dissolve_blocks",
    "to_owned": "lowering.ownership.to_owned",
    "elide_owns": "lowering.ownership.elide_owns",
    "lend_to_variables": "lowering.ownership.lend_to_variables",
    "mark_borrows": "lowering.ownership.mark_borrows",
    "insert_counts": "lowering.ownership.insert_counts",
    "own_in_place": "lowering.ownership.own_in_place",
    "move_from_variables": "lowering.ownership.move_from_variables",
    "cancel_counts": "lowering.ownership.cancel_counts",
    "place_blocks": "lowering.escapes.place_blocks",
    "extend_in_place": "lowering.ownership.extend_in_place",
    "give_up_early": "lowering.ownership.give_up_early",
    "reuse_blocks": "lowering.ownership.reuse_blocks",
    "spread_checks": "lowering.bounds.spread_checks",
    "to_bare": "lowering.escapes.to_bare",
    "bound_indices": "lowering.bounds.bound_indices",
    "place_vectors": "lowering.escapes.place_vectors",
    "to_rt": "lowering.to_rt",
    "to_llvm": "lowering.to_llvm",
    "unroll_recursion": "lowering.unroll_recursion",
}
"""Every pass, with the module that has its function `apply`."""

JOINED = "to_rt and to_llvm, joined"
JOINED_COUNTS = "mark_borrows and insert_counts, joined"
"""What `lower_to_llvm_text` calls those that do the work of two passes."""

Around = Callable[[str], AbstractContextManager[object]]

STAGES = tuple(STAGE_PASSES)


@cache
def load_pass(name: str) -> Pass:
    """Imports a pass."""
    if name not in PASSES:
        raise ValueError(f"no pass is called `{name}`")
    return import_module(PASSES[name]).apply


def pass_concerns(name: str, contents: Contents) -> bool:
    """Whether a pass may have something to do in a module."""
    concern = _concern(name)
    return concern is None or concern(contents)


@cache
def _concerns(stage: str, options: LoweringOptions) -> list[tuple[str, Concern | None]]:
    return [(name, _concern(name)) for name in passes_to(stage, options)]


@cache
def _concern(name: str) -> Concern | None:
    return getattr(import_module(PASSES[name]), "concerns", None)


def passes_between(first: str, last: str, options: LoweringOptions) -> list[str]:
    """The names of the passes that lead from one stage to another."""
    level = RELEASE_PASSES if options.release else STAGE_PASSES
    names: list[str] = []
    for reached in STAGES[STAGES.index(first) + 1 : STAGES.index(last) + 1]:
        names += level.get(reached, STAGE_PASSES[reached])
    return names


def passes_to(stage: str, options: LoweringOptions) -> list[str]:
    """The names of all passes from `qz` to a stage."""
    return passes_between("qz", stage, options)


def run_stages(
    module: ModuleOp,
    upto_stage: str,
    options: LoweringOptions = DEFAULT_OPTIONS,
    *,
    after_stage: Callable[[str, ModuleOp], None] | None = None,
    verify: bool = False,
) -> None:
    """Takes a module from `qz` to a stage, in place.

    `after_stage` sees the module at every stage reached, the first included; `verify` checks it there.
    """
    level = RELEASE_PASSES if options.release else STAGE_PASSES
    for stage in STAGES[: STAGES.index(upto_stage) + 1]:
        for name in level.get(stage, STAGE_PASSES[stage]):
            load_pass(name)(module, options)
        if verify:
            from lowering.legality import verify_stage

            verify_stage(module, stage)
        if after_stage is not None:
            after_stage(stage, module)


def lower_to_llvm_text(
    module: ModuleOp, options: LoweringOptions = DEFAULT_OPTIONS, around: Around = nullcontext
) -> FunctionText:
    """Takes the module of one function, lambdas included, from `qz` to text; the module is used up.

    The last stages are joined where they can be: not for a debugger, which is told about operations, and not
    for a recursive function that is to be unrolled. `around` gives a ``with`` block for each pass by name.
    """
    names = _concerned("llvm" if options.debug else "cfg", options, Contents(module))
    if not options.debug:
        _run(names, module, options, around)
        with around(JOINED):
            text, calls_itself = write_functions(module, options)
        if not (calls_itself and options.release):
            return text
        names = passes_between("cfg", "llvm", options)
    _run(names, module, options, around)
    return text_of(module, options)


def _concerned(stage: str, options: LoweringOptions, contents: Contents) -> list[str]:
    """The passes to a stage that have something to do, those on counts joined."""
    concerns = _concerns(stage, options)
    found = [name for name, concern in concerns if concern is None or concern(contents)]
    if "mark_borrows" in found:
        first = found.index("mark_borrows")
        found[first : first + 2] = [JOINED_COUNTS]
    return found


def _run(names: list[str], module: ModuleOp, options: LoweringOptions, around: Around) -> None:
    for name in names:
        with around(name):
            (mark_and_insert if name is JOINED_COUNTS else load_pass(name))(module, options)


def text_of(module: ModuleOp, options: LoweringOptions = DEFAULT_OPTIONS) -> FunctionText:
    """The text of the functions of a module of the stage `llvm`: the one it is about, then all others.

    Those are lambdas that became functions, and copies made for speed.
    """
    return FunctionText.joined(emit_functions(module, options))


def module_pass(name: str) -> type[ModulePass]:
    """A pass as xDSL's command line wants it."""
    from xdsl.passes import ModulePass

    run = load_pass(name)

    def apply(self: ModulePass, ctx: Context, op: ModuleOp) -> None:
        del self, ctx
        run(op, DEFAULT_OPTIONS)

    return type(name, (ModulePass,), {"name": name, "apply": apply})


def _lazily(name: str) -> Callable[[], type[ModulePass]]:
    return lambda: module_pass(name)


MODULE_PASSES: dict[str, Callable[[], type[ModulePass]]] = {name: _lazily(name) for name in PASSES}
"""For qz-opt: nothing is imported before it is asked for."""
