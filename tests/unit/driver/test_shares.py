"""Which process makes which functions."""

from qz.driver.parallel.messages import Task
from qz.driver.parallel.shares import Shares


def task(module: str, name: str) -> Task:
    return Task((module, name), f"{module}${name}", 0, None)


def shares_of(n_workers: int, *symbols: str) -> Shares:
    shares = Shares(n_workers)
    for symbol in symbols:
        module, _, name = symbol.partition("$")
        shares.add(module, task(module, name))
    return shares


def taken(shares: Shares, worker: int, n_tasks: int) -> list[str]:
    return [task.symbol for task in shares.take(worker, n_tasks)]


def test_functions_of_a_module_go_to_one_process_in_their_order() -> None:
    shares = shares_of(2, "a$1", "b$1", "a$2", "b$2", "a$3")
    assert taken(shares, 0, 2) == ["a$1", "a$2"]
    assert taken(shares, 1, 1) == ["b$1"]
    shares.add("a", task("a", "4"))
    shares.add("b", task("b", "3"))
    assert taken(shares, 1, 2) == ["b$2", "b$3"]
    assert taken(shares, 0, 9) == ["a$3", "a$4"]
    assert not shares


def test_who_has_nothing_left_takes_over_a_module_of_another() -> None:
    shares = shares_of(3, "a$1", "a$2", "b$1")
    assert taken(shares, 0, 1) == ["a$1"]
    shares.add("a", task("a", "3"))
    assert taken(shares, 1, 9) == ["b$1", "a$2", "a$3"]
    shares.add("a", task("a", "4"))
    assert taken(shares, 2, 1) == ["a$4"]
    assert taken(shares, 0, 1) == []


def test_nothing_is_left_of_what_was_cleared() -> None:
    shares = shares_of(2, "a$1", "b$1", "a$2")
    assert taken(shares, 0, 1) == ["a$1"]
    shares.clear()
    assert not shares
    assert taken(shares, 0, 1) == []
