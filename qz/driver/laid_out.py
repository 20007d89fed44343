"""Sources laid out in the one way that all of them are."""

from qz.driver.session import Session
from qz.syntax.formatting import formatted
from qz.syntax.tokenize import tokenize


def laid_out(session: Session, path: str, data: bytes) -> bytes | None:
    """A source laid out; None where that cannot be, for reasons that the session is told."""
    source = session.sources.add(path, data)
    tokens = tokenize(source, session.interner, session.sink)
    return None if session.sink.n_errors else formatted(tokens)
