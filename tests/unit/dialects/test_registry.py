"""The registry is complete and lazy."""

import subprocess
import sys
from pathlib import Path

import pytest

from dialects.registry import DIALECTS, make_context


@pytest.mark.parametrize("name", DIALECTS)
def test_factory_gives_the_dialect_of_that_name(name: str) -> None:
    assert DIALECTS[name]().name == name


def test_every_op_and_attribute_belongs_to_its_dialect() -> None:
    for name in ("qz", "qzrt"):
        dialect = DIALECTS[name]()
        assert all(op.name.startswith(f"{name}.") for op in dialect.operations)
        assert all(attribute.name.startswith(f"{name}.") for attribute in dialect.attributes)
        names = [op.name for op in dialect.operations]
        assert len(names) == len(set(names))


def test_context_finds_ops_by_name() -> None:
    context = make_context()
    for name in ("qz.add", "qzrt.load", "func.func", "cf.br", "arith.addi"):
        assert context.get_op(name).name == name


def test_registry_imports_no_dialect(root: Path) -> None:
    code = "import sys, dialects.registry; print([f'dialects.{n}' in sys.modules for n in ('qz', 'qzrt')])"
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[False, False]"
