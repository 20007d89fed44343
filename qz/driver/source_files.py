"""Reading source files; what cannot be read becomes a diagnostic."""

import os

from qz.base.source import Span
from qz.diagnostics.sink import DiagnosticSink


def read_source(path: str, sink: DiagnosticSink, span: Span | None = None) -> bytes | None:
    """The bytes of ``path``, or None after a report; ``span`` is the import that asked for it."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        sink.report("QZ9001", span, path=path, reason=reason(error))
        return None
    except ValueError:  # a NUL in the name
        sink.report("QZ9001", span, path=path.replace("\0", "\\0"), reason="not a possible file name")
        return None


def names_in(folder: str) -> list[str]:
    """What lies in a folder, in order; nothing where it cannot be looked into."""
    try:
        return sorted(os.listdir(folder))
    except (OSError, ValueError):
        return []


def reason(error: OSError) -> str:
    """What went wrong with a file, in the words of the diagnostics: ``no such file or directory``."""
    text = error.strerror or str(error)
    return text[:1].lower() + text[1:]


def display_path(path: str) -> str:
    """The way a path is shown: relative to the current folder where it lies below it."""
    relative = os.path.relpath(path)
    return path if relative.startswith("..") else relative
