"""Bodies that are looked into before their functions' turns wait for those."""

from __future__ import annotations

from pathlib import Path

import pytest

from qz.driver.build import Build
from qz.sema import bodies
from tests.loaded import function_named, loaded

SOURCE = """\
def one(): Int = helper(1)
def helper(n: Int) = n + 1
def another(n: Int): Int = n * 2
def warned(): Int
  unused = 3
  4
end

def main()
end
"""


@pytest.fixture
def build(tmp_path: Path) -> Build:
    return loaded(tmp_path / "main.qz", SOURCE)


def test_a_body_that_was_looked_into_is_there_in_its_turn_and_gone_behind_it(build: Build):
    one, alive = function_named(build, "one"), build.program.queries.bodies
    with alive.ahead(one) as looked_into:
        pass
    assert build.arenas.live_names == (one.symbol,)
    with alive.ahead(one) as again, alive.of(function_named(build, "another")):
        assert again is looked_into
    with alive.of(one) as body:
        assert body is looked_into
    assert build.arenas.n_live == 0


def test_a_body_looked_into_while_it_is_looked_into_waits_once(build: Build):
    one, alive = function_named(build, "one"), build.program.queries.bodies
    with alive.ahead(one) as outer, alive.ahead(one) as inner:
        assert outer is not inner
    assert build.arenas.n_live == 1


def test_those_looked_into_longest_ago_give_way(build: Build, monkeypatch: pytest.MonkeyPatch):
    alive = build.program.queries.bodies
    with alive.ahead(function_named(build, "one")) as first:
        n_nodes = first.arena.n
    with alive.ahead(function_named(build, "another")) as second:
        n_nodes += second.arena.n
    monkeypatch.setattr(bodies, "MAX_NODES", n_nodes - 1)
    with alive.ahead(function_named(build, "another")):
        pass
    assert build.arenas.live_names == (function_named(build, "another").symbol,)
    alive.give_up()
    assert build.arenas.n_live == 0


def test_what_there_is_to_report_is_reported_in_its_turn(build: Build):
    warned, alive = function_named(build, "warned"), build.program.queries.bodies
    sink = build.session.sink
    with alive.ahead(warned):
        assert [found.code for found in sink.diagnostics] == ["QZ7001"]
    assert build.arenas.n_live == 0
    before = sink.n_reports
    with alive.of(warned):
        assert sink.n_reports > before


def test_whose_bodies_it_took_is_known_each_time(build: Build):
    one, alive, reads = function_named(build, "one"), build.program.queries.bodies, build.program.reads
    with reads.frame() as before, alive.ahead(one):
        pass
    with reads.frame() as in_its_turn, alive.of(one):
        pass
    assert reads.functions(before) == reads.functions(in_its_turn) == {one, function_named(build, "helper")}
