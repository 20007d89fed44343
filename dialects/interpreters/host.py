"""The world around an interpreted program: arguments, streams, environment, a folder to start from."""

import os
import socket
from dataclasses import dataclass, field


@dataclass
class Host:
    """What a program is given, and what it wrote."""

    args: list[bytes] = field(default_factory=list[bytes])
    stdin: bytes = b""
    environ: dict[bytes, bytes] = field(default_factory=dict[bytes, bytes])
    folder: bytes = field(default_factory=os.getcwdb)
    program_name: bytes = b"program"
    stdout: bytearray = field(default_factory=bytearray)
    stderr: bytearray = field(default_factory=bytearray)
    stdin_at: int = 0
    slept: int = 0
    """Nanoseconds that the program spent waiting: they pass at once."""
    last_error: int = 0
    net_reason: bytes = b""
    net_sender: tuple[bytes, int] = (b"", 0)
    sockets: dict[int, socket.socket] = field(default_factory=dict[int, socket.socket])
    watched: dict[int, int] = field(default_factory=dict[int, int])
    """What is waited for, by the number of a socket."""

    def path(self, path: bytes) -> bytes:
        """Gives a path as seen from the program's own folder."""
        return os.path.join(self.folder, path)

    def read_stdin(self, n: int) -> bytes:
        """Takes up to n bytes of standard input."""
        taken = self.stdin[self.stdin_at : self.stdin_at + n]
        self.stdin_at += len(taken)
        return taken

    def read_stdin_line(self) -> bytes:
        """Takes the next line with its newline."""
        end = self.stdin.find(b"\n", self.stdin_at)
        return self.read_stdin((len(self.stdin) if end < 0 else end + 1) - self.stdin_at)
