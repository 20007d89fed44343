"""``qz cache``: what is kept between runs, and how to be rid of it."""

import sys

from qz.driver.caching.cache import open_cache


def run_cache(action: str) -> int:
    """``stats`` shows, ``clean`` removes; both tell what there is or was."""
    cache = open_cache()
    if cache is None:
        sys.stdout.write("no cache: there is no home folder\n")
        return 0
    stats = cache.clean() if action == "clean" else cache.stats()
    verb = "removed" if action == "clean" else "holds"
    sys.stdout.write(f"{cache.folder} {verb} {stats.n_files} files, {stats.n_bytes / (1 << 20):.1f} MB\n")
    return 0
