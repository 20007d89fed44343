"""WebSockets: a server in Quartz that is sent bytes written by hand (RFC 6455), and its client."""

from __future__ import annotations

import base64
import hashlib
import socket
import struct
import subprocess
from collections.abc import Iterator

import pytest

from tests.program_files import execute

PROGRAM = """
import { HttpServer, Response } from net/http_server
import { TcpListener } from net/tcp
import net/websocket
import { WebSocket } from net/websocket

def main(args: Vec<String>)
  if args.size > 0
    call(args[0])
  else
    serve()
  end
end

def serve()
  server = HttpServer.new()
  server.timeout = 20_000
  server.get("/echo", request -> websocket::accept(request, do socket ->
    while socket.receive()! is Some(message)
      if message.binary
        socket.send_bytes(message.text)!
      else
        socket.send(message.text)!
      end
      socket.close(4000, "as you wish") if message.text == "bye"
    end
  end))
  server.get("/stop", do _ ->
    server.stop()
    Response.text(200, "stopped")
  end)
  listener = TcpListener.bind("127.0.0.1", 0)!
  eputs("#{listener.port()}")
  server.serve(listener)
end

def call(address: String)
  socket = WebSocket.connect("ws://#{address}/echo")!
  for size in [0, 1, 125, 126, 65_535, 65_536]
    socket.send("é".repeat(size))!
    socket.ping("still there?")!
    answer = socket.receive()!!
    puts("#{answer.binary} #{answer.text == "é".repeat(size)}")
  end
  socket.send_bytes("\\xff")!
  puts("#{socket.receive()!!.binary}")
  socket.send("bye")!
  puts("#{socket.receive()!!.text} #{socket.receive()} #{socket.close_code} #{socket.close_reason}")
  puts("#{socket.send("more")}")
  other = WebSocket.connect("ws://#{address}/echo")!
  other.close()
  puts("#{other.receive()} #{other.close_code}")
  puts("#{WebSocket.connect("ws://#{address}/nothing") is Err(reason) and reason.contains("404")}")
end
"""

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
LAST = 0x80
KEY = "dGhlIHNhbXBsZSBub25jZQ=="  # of section 1.3, with what is to be answered
ASK = {"Connection": "keep-alive, Upgrade", "Upgrade": "WebSocket", "Sec-WebSocket-Version": "13"}


@pytest.fixture(scope="module")
def program(compiled):
    return compiled("program", PROGRAM)


@pytest.fixture(scope="module")
def port(program) -> Iterator[int]:
    """A server that must come to its end when it is told to stop, though a stream is still open."""
    with subprocess.Popen([program], stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        number = int(process.stderr.readline())
        try:
            yield number
            with opened(number), socket.create_connection(("127.0.0.1", number), timeout=20) as caller:
                caller.sendall(b"GET /stop HTTP/1.1\r\nHost: x\r\n\r\n")
                assert caller.recv(100).startswith(b"HTTP/1.1 200")
                assert process.wait(timeout=20) == 0
        finally:
            process.kill()


def answered(port: int, headers: dict[str, str]) -> tuple[socket.socket, bytes]:
    """A stream behind the server's answer to a request with these headers, and that answer."""
    caller = socket.create_connection(("127.0.0.1", port), timeout=20)
    lines = [*(f"{name}: {value}" for name, value in headers.items()), "", ""]
    caller.sendall("\r\n".join(["GET /echo HTTP/1.1", "Host: x", *lines]).encode())
    text = b""
    while b"\r\n\r\n" not in text:
        text += caller.recv(1)
    return caller, text


def opened(port: int) -> socket.socket:
    caller, text = answered(port, ASK | {"Sec-WebSocket-Key": KEY})
    assert text.startswith(b"HTTP/1.1 101 ")
    return caller


def frame(head: int, payload: bytes = b"") -> bytes:
    """A frame as clients send it, under a mask."""
    mask = bytes.fromhex("37fa213d")
    n = len(payload)
    size = (
        bytes([n | 0x80])
        if n < 126
        else struct.pack(">BH", 0xFE, n)
        if n < 1 << 16
        else struct.pack(">BQ", 0xFF, n)
    )
    return bytes([head]) + size + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))


def to_the_end(caller: socket.socket) -> bytes:
    data = b""
    while piece := caller.recv(1 << 16):
        data += piece
    return data


def test_the_handshake(port: int) -> None:
    caller, text = answered(port, ASK | {"Sec-WebSocket-Key": KEY})
    caller.close()
    expected = base64.b64encode(
        hashlib.sha1((KEY + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()
    )
    assert expected == b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
    assert b"\r\nSec-WebSocket-Accept: " + expected + b"\r\n" in text
    assert b"\r\nUpgrade: websocket\r\n" in text
    assert b"\r\nConnection: Upgrade\r\n" in text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, b"400"),
        (ASK, b"400"),
        (ASK | {"Sec-WebSocket-Key": "c2hvcnQ="}, b"400"),
        (ASK | {"Sec-WebSocket-Key": KEY, "Upgrade": "h2c"}, b"400"),
        (ASK | {"Sec-WebSocket-Key": KEY, "Sec-WebSocket-Version": "12"}, b"426"),
    ],
)
def test_requests_for_something_else(port: int, headers: dict[str, str], status: bytes) -> None:
    caller, text = answered(port, headers)
    caller.close()
    assert text.split()[1] == status


def test_messages(port: int) -> None:
    with opened(port) as caller:
        caller.sendall(bytes.fromhex("818537fa213d7f9f4d5158"))  # the example of section 5.7
        assert caller.recv(100) == bytes.fromhex("810548656c6c6f")
        caller.sendall(frame(TEXT, b"in ") + frame(PING | LAST, b"?") + frame(0, b"") + frame(LAST, b"parts"))
        caller.sendall(
            frame(PONG | LAST) + frame(BINARY | LAST, b"\xff" * 70_000) + frame(CLOSE | LAST, b"\x03\xe8ok")
        )
        text, binary = b"\x81\x08in parts", b"\x82\x7f" + struct.pack(">Q", 70_000) + b"\xff" * 70_000
        assert to_the_end(caller) == b"\x8a\x01?" + text + binary + b"\x88\x02\x03\xe8"


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"\x81\x05Hello", 1002),  # no mask
        (frame(TEXT | LAST | 0x40, b"x"), 1002),
        (frame(3 | LAST, b"x"), 1002),
        (frame(11 | LAST, b"x"), 1002),
        (frame(PING, b"x"), 1002),
        (frame(PING | LAST, b"x" * 126), 1002),
        (frame(LAST, b"x"), 1002),
        (frame(TEXT, b"x") + frame(TEXT | LAST, b"y"), 1002),
        (frame(TEXT | LAST, b"\xc3"), 1007),
        (frame(TEXT, b"\xe2") + frame(LAST, b"\x82"), 1007),
        (b"\x82\xff" + struct.pack(">Q", 1 << 21), 1009),
        (b"\x82\xff" + struct.pack(">Q", 1 << 63), 1002),
        (frame(BINARY, b"x" * (1 << 19)) + frame(0, b"x" * (1 << 19)) + frame(LAST, b"x"), 1009),
        (frame(CLOSE | LAST, b"\x03"), 1002),
        (frame(CLOSE | LAST, b"\x03\xed"), 1002),  # 1005 is never sent
        (frame(CLOSE | LAST, b"\x03\xe8\xff"), 1007),
    ],
)
def test_what_is_wrong_closes_the_stream(port: int, sent: bytes, code: int) -> None:
    with opened(port) as caller:
        caller.sendall(sent)
        data = to_the_end(caller)
        assert data[0] == CLOSE | LAST
        assert int.from_bytes(data[2:4], "big") == code


def test_the_client(port: int, program) -> None:
    done = execute([str(program), f"127.0.0.1:{port}"])
    assert (done.status, done.errors) == (0, "")
    assert done.output.decode().splitlines() == [
        *(["false true"] * 6),
        "true",
        "bye Ok(None) 4000 as you wish",
        'Err("the stream is closed")',
        "Ok(None) 1000",
        "true",
    ]
