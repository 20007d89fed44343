"""One function: its module, its entry block, its declarations of what it calls."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from xdsl.dialects.builtin import FunctionType, ModuleOp, StringAttr
from xdsl.dialects.func import FuncOp
from xdsl.ir import Attribute, Operation, Region

from dialects.fast_attributes import new_array, new_string
from dialects.fast_ops import detached_op, module_of, new_region, region_with_block
from dialects.qz.panics import DebugBindOp
from dialects.qz.properties import DROPS, UNIT, int_attr, name_property, string_attr
from dialects.qz.terminators import ReturnOp
from qz.irgen.builder import Builder, IrOptions
from qz.irgen.calls.c_functions import declared_extern
from qz.irgen.calls.exports import export
from qz.irgen.calls.generators import return_generator
from qz.irgen.calls.intrinsics import intrinsic
from qz.irgen.constants import constant
from qz.irgen.conversions import convert
from qz.irgen.derived.bodies import emit_derived
from qz.irgen.expressions import read_local
from qz.irgen.ir_types import IrTypes
from qz.irgen.matching.destructuring import take_apart
from qz.irgen.statements import return_result
from qz.irgen.table import EMITTERS
from qz.sema.body import Body
from qz.sema.decls import ConstDecl, DerivedDecl, FunctionDecl
from qz.sema.ownership.drops import shows_drops
from qz.sema.ownership.kept import find_kept
from qz.sema.program import Program
from qz.sema.types import TypeId
from qz.syntax.nodes import NodeKind
from qz.syntax.views import FnView, code_of


class Generated(NamedTuple):
    """The function's module (declarations first), the functions it calls, the aggregate constants it looks
    at, and how many ops were made."""

    module: ModuleOp
    callees: list[FunctionDecl]
    constants: list[ConstDecl]
    n_ops: int


def generate(
    program: Program, function: FunctionDecl, body: Body, ir_types: IrTypes, options: IrOptions
) -> Generated:
    """The IR of a body that was checked without errors."""
    if body.lambdas or body.places:
        find_kept(program, body)
    words = _annotations(body)
    if "no_bounds_check" in words:
        options = replace(options, trusted=True)
    builder = Builder(program, body, ir_types, options, EMITTERS, intrinsic, convert)
    if isinstance(function, DerivedDecl):
        return _generate_derived(builder, function)
    region, block = region_with_block(ir_types.callee(function).inputs)
    builder.block = block
    if builder.keeps_locations:
        builder.location = builder.locate(body.root)
    for local, argument in zip(body.params, block.args, strict=True):
        builder.values[local] = argument
        if options.debug:
            builder.do(DebugBindOp, (argument,), name_property(body.locals[local].name))
    for local, pattern in body.taken_apart.items():
        take_apart(builder, pattern, read_local(builder, local))
    root = body.root
    code = code_of(body.tree, root)
    if body.yields:
        return_generator(builder, function, code)
    else:
        return_result(builder, code)
    func = _function(function, body, region, ir_types.callee(function).type, words)
    func.attributes.update(_marks(builder, function))
    func.location = builder.locate(root)
    linking = (function.generic or function).linking
    if linking is None:
        return _generated(builder, func)
    if linking.alignment:
        func.attributes["qz.align"] = int_attr(linking.alignment)
    if linking.section:
        func.attributes["qz.section"] = StringAttr(linking.section)
    return _generated(builder, *(export(builder, func, linking) if linking.symbol else (func,)))


def _marks(builder: Builder, function: FunctionDecl) -> dict[str, Attribute]:
    """What whoever calls a function has to know beside its type."""
    marks = builder.ir_types.marks(function)
    if not builder.options.optimised:
        return marks
    return {**marks, **builder.ir_types.bare_vectors(function)}


def _generate_derived(builder: Builder, function: DerivedDecl) -> Generated:
    """The IR of a function that the compiler writes."""
    callee = builder.ir_types.callee(function)
    region, builder.block = region_with_block(callee.inputs)
    emit_derived(builder, function, builder.block.args)
    func = _func(function.symbol, callee.type, region)
    func.attributes["qz.source"] = StringAttr(function.display)
    func.attributes.update(builder.ir_types.marks(function))
    return _generated(builder, func)


def generate_expression(
    program: Program, body: Body, node: int, result: TypeId, ir_types: IrTypes, options: IrOptions
) -> Generated:
    """The IR of a function that gives the value of one expression of a body and needs nothing around it."""
    if body.lambdas or body.places:
        find_kept(program, body)
    builder = Builder(program, body, ir_types, options, EMITTERS, intrinsic, convert)
    builder.result_type = result
    outputs = ir_types.results(result)
    region, builder.block = region_with_block(())
    builder.location = builder.locate(node)
    return_result(builder, node)
    return _generated(builder, _func(body.name, FunctionType.from_lists([], outputs), region))


def generate_maker(program: Program, function: FunctionDecl, ir_types: IrTypes) -> Generated:
    """The IR of the function that makes a new one of an aggregate value; no source stands behind it."""
    decl = function.value_of
    assert decl is not None
    assert decl.value is not None
    with program.arenas.function(function.symbol) as arena:
        arena.append((NodeKind.CONST, decl.module.items.name_token[decl.item], 0, 0), ())
        body = Body(decl.module, function.symbol, arena, 1, [0] * 2, [decl.type] * 2)
        builder = Builder(program, body, ir_types, IrOptions(), EMITTERS, intrinsic, convert)
        region, builder.block = region_with_block(())
        builder.location = builder.locate(1)
        builder.do(ReturnOp, (constant(builder, decl.type, decl.value),))
        type_ = FunctionType.from_lists([], ir_types.results(decl.type))
        func = _function(function, body, region, type_, [])
        func.location = builder.location
        return _generated(builder, func)


def _generated(b: Builder, *functions: Operation) -> Generated:
    module = module_of([*_declarations(b), *b.for_c, *functions, *b.helping])
    if shows_drops(b.program):
        module.attributes[DROPS] = UNIT
    return Generated(module, list(b.callees.values()), list(b.constants.values()), b.n_ops)


def _function(
    function: FunctionDecl,
    body: Body,
    region: Region,
    type_: FunctionType,
    words: list[str],
) -> FuncOp:
    func = _func(function.symbol, type_, region)
    names = [string_attr(body.locals[local].name) for local in body.params]
    func.attributes["qz.names"] = new_array(names)
    func.attributes["qz.source"] = new_string(function.display)
    for word in words:
        if word in CODE_ANNOTATIONS:
            func.attributes[f"qz.{word}"] = UNIT
    return func


def _func(symbol: str, type_: FunctionType, region: Region) -> FuncOp:
    properties: dict[str, Attribute] = {"sym_name": new_string(symbol), "function_type": type_}
    return detached_op(FuncOp, (), (), properties, regions=(region,))


CODE_ANNOTATIONS = frozenset({"inline", "noinline", "cold"})
"""Annotations that are about the code made for the function; they become attributes of it."""


def _annotations(body: Body) -> list[str]:
    """The names of the annotations before the function."""
    if body.tree.kind[body.root] != NodeKind.FN:
        return []
    annotations = FnView(body.tree, body.root).annotations
    return [body.module.tokens.text(body.tree.token[node]) for node in annotations]


def _declarations(b: Builder) -> list[Operation]:
    found: list[Operation] = []
    for function in b.callees.values():
        if function.abi == "C":
            found.append(declared_extern(b, function))
        elif b.options.declares and function.symbol != b.body.name:
            properties = b.ir_types.declaration(function)
            declared = detached_op(FuncOp, (), (), properties, regions=(new_region(),))
            declared.attributes = dict(_marks(b, function))
            found.append(declared)
    return found
