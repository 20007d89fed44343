"""Which parameters a function takes over, also where functions call each other; which types have an owner."""

from __future__ import annotations

from pathlib import Path

import pytest

from qz.sema.decls import FunctionDecl, FunctionGroup
from qz.sema.program import Program
from tests.loaded import loaded

SOURCE = """\
linear struct File
  fd: Int
end

linear struct Pair { first: File, second: File }

@value struct Guard { n: Int }

impl Drop for Guard
  def drop(self)
    puts("drop")
  end
end

@value struct Guards { first: Guard, n: Int }

struct Shared { guard: Guard }

enum Slot
  Empty
  Full(file: File)
end

def looks(f: File): Int = f.fd
def lends(f: &File): Int = looks(f)
def returns(f: File): File = f
def takes_apart(f: File): Int
  File { fd } = f
  fd
end
def stores(f: File, g: File): Pair = Pair { first: f, second: g }
def binds(f: File): File
  g = f
  g
end
def hands_on(n: Int, f: File): Int = takes_apart(f) + n
def tests(s: Slot): Bool = s is Full(_)
def on_one_path(f: File, n: Int): Int
  return takes_apart(f) if n > 1
  0
end
def ping(f: File, n: Int): Int = if n == 0; takes_apart(f) else pong(f, n - 1) end
def pong(f: File, n: Int): Int = ping(f, n)
def only_each_other(f: File, n: Int): Int = if n == 0; 0 else the_other(f, n - 1) end
def the_other(f: File, n: Int): Int = only_each_other(f, n)
def keeps(g: Guard): Vec<Guard> = [g]
def generic<T>(x: T): Option<T> = Some(x)
def generic_look<T>(x: T): Int = 1

def wraps(s: Shared, g: Guards): Int = s.guard.n + g.n

def main()
end
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Program:
    path: Path = tmp_path_factory.mktemp("owning") / "owners.qz"
    build = loaded(path, SOURCE)
    return build.program


def declared(program: Program, name: str) -> FunctionDecl:
    symbol = program.interner.intern(name)
    groups = (m.names[symbol] for m in program.modules.values() if m.is_own and symbol in m.names)
    group = next(groups)
    assert isinstance(group, FunctionGroup)
    return group.functions[0]


@pytest.mark.parametrize(
    ("name", "position", "owns"),
    [
        ("looks", 0, False),
        ("lends", 0, False),
        ("returns", 0, True),
        ("takes_apart", 0, True),
        ("stores", 0, True),
        ("stores", 1, True),
        ("binds", 0, True),
        ("hands_on", 0, False),
        ("hands_on", 1, True),
        ("tests", 0, False),
        ("on_one_path", 0, True),
        ("ping", 0, True),
        ("pong", 0, True),
        ("only_each_other", 0, False),
        ("the_other", 0, False),
        ("keeps", 0, True),
        ("generic", 0, True),
        ("generic_look", 0, False),
    ],
)
def test_a_parameter_is_taken_over_if_the_body_gives_its_value_away(
    program: Program, name: str, position: int, owns: bool
) -> None:
    assert program.queries.owning.owns(declared(program, name), position) is owns


@pytest.mark.parametrize(
    ("function", "position", "is_linear", "is_moved"),
    [
        ("looks", 0, True, False),
        ("tests", 0, True, False),
        ("keeps", 0, False, True),
        ("wraps", 0, False, False),
        ("wraps", 1, False, True),
    ],
)
def test_a_type_has_an_owner_if_a_part_in_the_hand_has(
    program: Program, function: str, position: int, is_linear: bool, is_moved: bool
) -> None:
    type_id = program.queries.signature(declared(program, function)).params[position].type
    types = program.queries.owned_types
    assert (types.is_linear(type_id), types.is_moved(type_id)) == (is_linear, is_moved)


def test_what_is_shared_has_no_owner(program: Program) -> None:
    result = program.queries.signature(declared(program, "keeps")).result
    assert not program.queries.owned_types.is_owned(result)
