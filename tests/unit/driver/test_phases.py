"""The phase clock: time counts once, for the innermost phase."""

import pytest

from qz.driver.measuring import phases
from qz.driver.measuring.phases import PhaseClock


@pytest.fixture
def time(monkeypatch):
    """A clock that the test moves."""
    now = [0.0]
    monkeypatch.setattr(phases.time, "perf_counter", lambda: now[0])
    return now


def seconds(clock: PhaseClock) -> dict[str, float]:
    return {name: phase.seconds for name, phase in clock.phases.items()}


def test_an_inner_phase_counts_for_itself_alone(time):
    clock = PhaseClock()
    time[0] = 1.0
    clock.end_init()
    with clock.phase("typecheck"):
        time[0] = 3.0
        with clock.phase("parse"):
            time[0] = 7.0
        time[0] = 8.0
    time[0] = 16.0
    with clock.phase("parse"):
        time[0] = 32.0
    assert seconds(clock) == {"init": 1.0, "driver": 8.0, "typecheck": 3.0, "parse": 20.0}
    assert clock.phase("parse").n_entered == 2


def test_a_phase_may_contain_itself(time):
    clock = PhaseClock(started=0.0)
    clock.end_init()
    with clock.phase("typecheck"):
        time[0] = 1.0
        with clock.phase("typecheck"):
            time[0] = 2.0
        time[0] = 3.0
    assert clock.phase("typecheck").seconds == 3.0


def test_the_tree_says_where_a_phase_was_entered(time):
    clock = PhaseClock(watches_time=True, started=0.0)
    time[0] = 1.0
    clock.end_init()
    for _ in range(2):
        with clock.phase("typecheck"):
            time[0] += 2.0
            with clock.phase("parse"):
                time[0] += 4.0
    with clock.phase("parse"):
        time[0] += 8.0
    tree = [
        (depth, node.name, node.seconds, node.total(), node.n_entered) for depth, node in clock.root.walk()
    ]
    assert tree == [
        (0, "", 0.0, 21.0, 0),
        (1, "typecheck", 4.0, 12.0, 2),
        (2, "parse", 8.0, 8.0, 2),
        (1, "parse", 8.0, 8.0, 1),
        (1, "init", 1.0, 1.0, 0),
        (1, "driver", 0.0, 0.0, 0),
    ]


def test_spans_are_told_as_they_end(time):
    told: list[tuple[str, str, float, float]] = []
    clock = PhaseClock(on_span=lambda *span: told.append(span), started=0.0)
    time[0] = 1.0
    clock.end_init()
    clock.function = "f"
    with clock.phase("typecheck"):
        time[0] = 2.0
        with clock.phase("parse"):
            time[0] = 3.0
        time[0] = 4.0
    assert told == [("init", "", 0.0, 1.0), ("parse", "f", 2.0, 3.0), ("typecheck", "f", 1.0, 4.0)]


def test_what_starting_took_before_the_clock_was_made_counts(time):
    time[0] = 5.0
    clock = PhaseClock(started=2.0)
    clock.end_init()
    assert clock.phase("init").seconds == 3.0


def test_memory_is_charged_to_the_phase_that_took_it(time, monkeypatch):
    resident = [100]
    monkeypatch.setattr(phases, "current_rss", lambda: resident[0])
    clock = PhaseClock(watches_memory=True)
    clock.end_init()
    with clock.phase("typecheck"):
        resident[0] = 160
        with clock.phase("tc_free"):
            resident[0] = 120
    assert clock.phase("typecheck").bytes_added == 60
    assert clock.phase("tc_free").bytes_added == -40
    assert clock.phase("tc_free").bytes_at_end == 120


def test_an_exception_carries_the_phase_and_the_function(time):
    clock = PhaseClock()
    clock.function = "rt.vec$grow"

    def fail() -> None:
        with clock.phase("irgen"):
            raise ValueError("x")

    with pytest.raises(ValueError, match="x") as caught:
        fail()
    assert caught.value.__notes__ == ["irgen of rt.vec$grow"]


def test_what_another_process_spent_is_added(time):
    clock = PhaseClock(watches_time=True)
    clock.end_init()
    with clock.phase("typecheck"):
        time[0] = 1.0
    other = PhaseClock(watches_time=True)
    other.end_init()
    with other.phase("link"):
        time[0] = 9.0
    other.begin_anew()
    time[0] = 20.0  # waiting for something to do
    with other.phase("typecheck"), other.phase("parse"):
        time[0] = 23.0
    clock.add(other.spent())
    assert clock.phase("typecheck").n_entered == 2
    assert {name: phase.seconds for name, phase in clock.phases.items() if phase.seconds} == {
        "typecheck": 1.0,
        "parse": 3.0,
    }
    assert clock.root.part("typecheck").total() == 4.0
