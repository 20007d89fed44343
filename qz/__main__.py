"""``python -m qz``."""

from qz.cli.main import main

main()
