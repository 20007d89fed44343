"""One end of HTTP/2 that sends what it is told to, right or wrong: RFC 9113, written and read by hand."""

from __future__ import annotations

import socket
import struct
from typing import NamedTuple

DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = (
    range(10)
)
END_STREAM = ACK = 0x01
END_HEADERS, PADDED, HAS_PRIORITY = 0x04, 0x08, 0x20
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
STATUS_BYTES = {0x88: 200, 0x89: 204, 0x8C: 400, 0x8D: 404, 0x8E: 500}
"""What a block begins with that has one of these as its first field."""


class Frame(NamedTuple):
    """What the server has sent."""

    kind: int
    flags: int
    stream: int
    payload: bytes


def frame(kind: int, flags: int, stream: int, payload: bytes = b"") -> bytes:
    return struct.pack(">I", len(payload))[1:] + struct.pack(">BBI", kind, flags, stream) + payload


def number(n: int) -> bytes:
    return struct.pack(">I", n)


def setting(name: int, value: int) -> bytes:
    return struct.pack(">HI", name, value)


def fields(*pairs: tuple[str, str]) -> bytes:
    """A block in which every field is spelled out, and none is to be remembered."""
    block = b""
    for pair in pairs:
        block += b"\x00"
        for text in map(str.encode, pair):
            assert len(text) < 127 + 128
            block += bytes([len(text)] if len(text) < 127 else [127, len(text) - 127]) + text
    return block


def asking(method: str, path: str, *more: tuple[str, str]) -> bytes:
    return fields((":method", method), (":scheme", "http"), (":path", path), (":authority", "x"), *more)


class Client:
    """A stream to a server, after both have sent their settings."""

    def __init__(self, port: int, greeting: bytes = b"") -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.socket.sendall(PREFACE + (greeting or frame(SETTINGS, 0, 0)))

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, *frames: bytes) -> None:
        self.socket.sendall(b"".join(frames))

    def ask(self, stream: int, path: str, method: str = "GET") -> None:
        self.send(frame(HEADERS, END_HEADERS | END_STREAM, stream, asking(method, path)))

    def exactly(self, n: int) -> bytes:
        data = b""
        while len(data) < n:
            piece = self.socket.recv(n - len(data))
            if not piece:
                raise EOFError
            data += piece
        return data

    def receive(self) -> Frame:
        head = self.exactly(9)
        size, kind, flags, stream = struct.unpack(">IBBI", b"\0" + head)
        return Frame(kind, flags, stream, self.exactly(size))

    def next(self, *kinds: int) -> Frame:
        """The next frame of one of these kinds."""
        while True:
            found = self.receive()
            if found.kind in kinds:
                return found

    def answer(self, stream: int) -> tuple[int, bytes]:
        """Status and body of the next answer, which must be that stream's."""
        head = self.next(HEADERS, GOAWAY, RST_STREAM)
        assert (head.kind, head.stream) == (HEADERS, stream)
        status = STATUS_BYTES.get(head.payload[0], 0)
        body, last = b"", head
        while not last.flags & END_STREAM:
            last = self.next(DATA)
            assert last.stream == stream
            body += last.payload
        return status, body

    def ended_with(self) -> int:
        """The code with which the server ends everything; nothing but the end comes behind it."""
        code = int.from_bytes(self.next(GOAWAY).payload[4:8], "big")
        self.at_end()
        return code

    def at_end(self) -> None:
        """Nothing comes any more but answers to what went before."""
        while True:
            try:
                self.receive()
            except EOFError:
                return

    def reset(self) -> tuple[int, int]:
        """The next stream that the server resets, and why; nothing else has ended before."""
        found = self.next(RST_STREAM, GOAWAY)
        assert found.kind == RST_STREAM, found
        return found.stream, int.from_bytes(found.payload, "big")
