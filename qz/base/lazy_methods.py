"""Dataclasses whose methods are compiled when they are first called.

`dataclass` writes the text of up to seven methods for each class and compiles them at import. xDSL has three
hundred dataclasses, most of whose methods a compilation never calls: 45 ms at every start.

Only how the methods come to be is changed, for the classes that are made inside
``with lazy_dataclass_methods():``. Where `dataclasses` of another Python writes its texts differently, they
are compiled as ever.
"""

import dataclasses
import re
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

# What `dataclasses` hands to `exec`: a function that makes one method out of the values it mentions.
_MAKER = re.compile(r"def __create_fn__\(.*\):\n def (\w+)\(")


def _define_lazily(text: str, module_names: dict[str, Any] | None, result: dict[str, Any]) -> None:
    found = _MAKER.match(text)
    if found is None or not text.endswith(f"\n return {found[1]}"):
        exec(text, module_names, result)
        return

    def make_stub(**values: Any) -> Callable[..., Any]:
        def compile_method() -> Callable[..., Any]:
            made: dict[str, Any] = {}
            exec(text, module_names, made)
            return made["__create_fn__"](**values)

        return _stub(found[1], compile_method)

    result["__create_fn__"] = make_stub


def _stub(name: str, compile_method: Callable[[], Callable[..., Any]]) -> Callable[..., Any]:
    """A method that puts the compiled one in its place when it is first called."""
    method: Callable[..., Any] | None = None

    def stub(self: object, *arguments: Any, **named: Any) -> Any:
        nonlocal method
        if method is None:
            method = compile_method()
            method.__qualname__ = stub.__qualname__
            for cls in type(self).__mro__:
                if vars(cls).get(name) is stub:
                    setattr(cls, name, method)
        return method(self, *arguments, **named)

    stub.__name__ = name
    return stub


@contextmanager
def lazy_dataclass_methods() -> Generator[None]:
    """Makes the dataclasses that are imported inside lazy."""
    changed: Any = dataclasses
    changed.exec = _define_lazily  # found before the built-in one
    try:
        yield
    finally:
        del changed.exec
