"""The plain numbers of kinds are those of the enums, all of them."""

from __future__ import annotations

from qz.sema import type_kinds
from qz.sema.types import TypeKind
from qz.syntax import node_numbers, token_numbers
from qz.syntax.nodes import NodeKind
from qz.syntax.token_kinds import TokenKind


def test_tokens() -> None:
    assert {name: number for name, number in vars(token_numbers).items() if name.isupper()} == {
        kind.name: kind.value for kind in TokenKind
    }


def test_nodes() -> None:
    assert {name: number for name, number in vars(node_numbers).items() if name.isupper()} == {
        kind.name: kind.value for kind in NodeKind
    }


def test_types() -> None:
    assert {name: kind for name, kind in vars(type_kinds).items() if name.isupper()} == TypeKind.__members__
