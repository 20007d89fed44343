"""The front half: what is generated, and what is only checked."""

import gc

from qz.codegen.machine import host
from qz.driver.objects.backend import Backend
from qz.driver.objects.runtime_text import RuntimeTexts
from qz.driver.options import Options
from qz.driver.program import Compilation
from tests.loaded import loaded

HELLO = """
def main()
  puts("hello")
end
"""
RIGHT = """
def used(): Int = 1
def unused(): Int = 2
def main(): Int = used()
"""
WRONG = """
def unused(): Int
  return totl
end
def used(): Int = 1
def main(): Int
  return "one"
end
"""


def build(tmp_path, text: str) -> tuple[list[str], list[str]]:
    """The symbols generated, and the codes found."""
    path = tmp_path / "main.qz"
    made = loaded(path, text)
    symbols = [unit.symbol for unit in made.functions()]
    return symbols, [finding.code for finding in made.session.sink.diagnostics]


def test_only_what_main_can_reach_is_generated(tmp_path):
    assert build(tmp_path, RIGHT) == (["main$main", "main$used"], [])


def test_what_is_exported_is_generated_once(tmp_path):
    symbols, _ = build(tmp_path, '@export("run") def main(): Int = 1\n')
    assert symbols.count("main$main") == 1


def test_after_an_error_nothing_is_generated_and_everything_is_checked(tmp_path):
    symbols, codes = build(tmp_path, WRONG)
    assert symbols == []
    assert sorted(codes) == ["QZ0302", "QZ0400"]


def test_a_small_program_needs_little_of_the_runtime(tmp_path, monkeypatch):
    made: list[str] = []
    unit = RuntimeTexts.unit

    def recording(self: RuntimeTexts, symbol: str):
        made.append(symbol)
        return unit(self, symbol)

    monkeypatch.setattr(RuntimeTexts, "unit", recording)
    path = tmp_path / "hello.qz"
    path.write_text(HELLO)
    options = Options(files=(str(path),))
    try:
        with Backend(options, host()) as backend:
            objects = Compilation(options, backend, None, 0.0).objects({})
    finally:  # what a compilation says to the collector is not meant for the tests
        gc.unfreeze()
        gc.enable()
    assert len(objects) == 1 + len(made)
    assert {"rt.io$write_line", "rt.start$init", "rt.start$finish"} <= set(made)
    assert len(made) < 40
    assert not {"rt.vec", "rt.shortest", "rt.parse", "rt.fs"} & {name.partition("$")[0] for name in made}
