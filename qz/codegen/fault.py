"""Compiler faults: what is raised when the compiler, not the program, is wrong."""


class CompilerFault(Exception):  # noqa: N818 (the word for it in every message)
    """LLVM refused or died on text that the compiler made; `reproducer` is the path of that text."""

    def __init__(self, message: str, reproducer: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.reproducer = reproducer


def save_reproducer(text: bytes, header: str) -> str:
    """Writes a unit to a new file that outlives the process; returns its path, "" where none can be made."""
    import tempfile  # only ever needed on the way out

    try:
        with tempfile.NamedTemporaryFile(prefix="quartz-fault-", suffix=".ll", delete=False) as file:
            file.write(f"; {header}\n".encode())
            file.write(text)
    except OSError:
        return ""
    return file.name
