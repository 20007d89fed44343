"""Values of unions: a member as the union, a union as a wider one, what is inside as text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xdsl.ir import Attribute, SSAValue

from qz.irgen.builder import Builder
from qz.irgen.data.enums import new_variant, payload_part, switch, tag_of
from qz.sema.types import TypeId, TypeKind


def as_union(b: Builder, value: SSAValue, found: TypeId, wanted: TypeId) -> SSAValue:
    """A value of a member of a union, or of a union with fewer of them, as that union."""
    types = b.program.types
    members = types.args[wanted]
    if types.kinds[found] is not TypeKind.UNION:
        return new_variant(b, wanted, members.index(found), [value])

    def widened(part: SSAValue, member: TypeId) -> SSAValue:
        return new_variant(b, wanted, members.index(member), [part])

    return of_member(b, value, found, b.ir_types.of(wanted), widened)


def narrowed(b: Builder, value: SSAValue, whole: TypeId, wanted: TypeId) -> SSAValue:
    """What is known of a union: the value of the only member that it can be, or a union of fewer of them."""
    types = b.program.types
    if whole == wanted:
        return value
    members = types.args[whole]
    if types.kinds[wanted] is not TypeKind.UNION:
        return payload_part(b, value, whole, members.index(wanted), 0)
    left = types.args[wanted]

    def of_left(tag: int, member: TypeId) -> Sequence[SSAValue]:
        return (new_variant(b, wanted, left.index(member), [payload_part(b, value, whole, tag, 0)]),)

    tags = [tag for tag, member in enumerate(members) if member in left]
    regions = [b.region(lambda tag=tag: of_left(tag, members[tag])) for tag in tags]
    return switch(b, tag_of(b, value), tags[:-1], b.ir_types.of(wanted), regions)


def of_member(
    b: Builder,
    value: SSAValue,
    union: TypeId,
    result: Attribute,
    emit: Callable[[SSAValue, TypeId], SSAValue],
) -> SSAValue:
    """What ``emit`` makes of the value of the member that a union holds."""

    def of_tag(tag: int, member: TypeId) -> Sequence[SSAValue]:
        return (emit(payload_part(b, value, union, tag, 0), member),)

    members = b.program.types.args[union]
    regions = [
        b.region(lambda tag=tag, member=member: of_tag(tag, member)) for tag, member in enumerate(members)
    ]
    return switch(b, tag_of(b, value), range(len(members)), result, regions)
