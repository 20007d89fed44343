"""The switch that writes the goldens anew."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds ``--update``."""
    parser.addoption("--update", action="store_true", help="write the goldens as the compiler is now")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether to write instead of to compare."""
    return bool(request.config.getoption("--update", default=False))
