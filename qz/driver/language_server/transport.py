"""Messages on a pair of streams: a header that says how long it is, and JSON-RPC 2.0."""

import json
import os
import select
from typing import BinaryIO, TypeAlias, cast

Json: TypeAlias = dict[str, object]

_CHUNK_BYTES = 1 << 16
_END_OF_HEADER = b"\r\n\r\n"
_LENGTH = b"content-length:"


class ProtocolError(Exception):
    """What came is no message. The stream cannot be understood from there on."""


class Transport:
    """Reads messages from a descriptor and writes them to a stream."""

    def __init__(self, source: int, sink: BinaryIO) -> None:
        self._source = source
        self._sink = sink
        self._buffer = b""

    def read(self) -> Json | None:
        """The next message; None where the stream has ended."""
        while _END_OF_HEADER not in self._buffer:
            if not self._fill():
                return None
        header, _, self._buffer = self._buffer.partition(_END_OF_HEADER)
        length = _length(header)
        while len(self._buffer) < length:
            if not self._fill():
                return None
        body, self._buffer = self._buffer[:length], self._buffer[length:]
        try:
            message: object = json.loads(body)
        except ValueError as error:
            raise ProtocolError(f"a message is not JSON: {error}") from error
        if not isinstance(message, dict):
            raise ProtocolError("a message is no object")
        return cast(Json, message)

    def is_quiet(self, seconds: float) -> bool:
        """Whether nothing more comes within that time."""
        return not self._buffer and not select.select([self._source], [], [], seconds)[0]

    def write(self, message: Json) -> None:
        """Sends a message at once."""
        body = json.dumps({"jsonrpc": "2.0", **message}, ensure_ascii=False, separators=(",", ":")).encode()
        self._sink.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._sink.flush()

    def _fill(self) -> bool:
        found = os.read(self._source, _CHUNK_BYTES)
        self._buffer += found
        return bool(found)


def _length(header: bytes) -> int:
    for line in header.lower().split(b"\r\n"):
        digits = line.removeprefix(_LENGTH).strip()
        if line.startswith(_LENGTH) and digits.isdigit():
            return int(digits)
    raise ProtocolError("a message does not say how long it is")
