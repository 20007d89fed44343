"""`python -m qz.base.tracemalloc_report`."""

import sys

from qz.base.tracemalloc_report.cli import main

sys.exit(main())
