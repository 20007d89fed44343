"""Warnings of a cached program, kept so that a program is not silent the second time."""

import pickle
from typing import NamedTuple

from qz.diagnostics.model import Diagnostic
from qz.driver.options import Options
from qz.driver.report import show_diagnostics
from qz.driver.session import Session


class _Kept(NamedTuple):
    """What was found, and the sources by file id."""

    diagnostics: tuple[Diagnostic, ...]
    sources: tuple[tuple[str, bytes], ...]


def keep_warnings(session: Session) -> bytes:
    """The warnings of a session as bytes; none where there were none."""
    if not session.sink.diagnostics:
        return b""
    sources = [session.sources.get(file_id) for file_id in range(len(session.sources))]
    return pickle.dumps(
        _Kept(tuple(session.sink.diagnostics), tuple((source.path, source.data) for source in sources))
    )


def show_kept_warnings(kept: bytes, options: Options) -> None:
    """Shows what `keep_warnings` kept, in the format asked for now."""
    found: _Kept = pickle.loads(kept)
    session = Session(options)
    for path, data in found.sources:
        session.sources.add(path, data)
    session.sink.diagnostics.extend(found.diagnostics)
    session.sink.n_warnings = len(found.diagnostics)
    show_diagnostics(session)
