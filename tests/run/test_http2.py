"""A server in Quartz that is spoken to by HTTP/2, by well-behaved clients and others."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Iterator

import pytest

from tests.program_files import execute
from tests.run.http2_client import (
    ACK,
    CONTINUATION,
    DATA,
    END_HEADERS,
    END_STREAM,
    GOAWAY,
    HAS_PRIORITY,
    HEADERS,
    PADDED,
    PING,
    PREFACE,
    PRIORITY,
    PUSH_PROMISE,
    RST_STREAM,
    SETTINGS,
    WINDOW_UPDATE,
    Client,
    asking,
    fields,
    frame,
    number,
    setting,
)

SERVER = """
import { Http2Connection } from net/http2_client
import { HttpServer, Limits, Request, Response } from net/http_server
import { TcpListener } from net/tcp

def main(args: Vec<String>)
  match args.size
    0 => serve()
    1 => ask(args[0].to_i()!)
    _ => ask_once(args[0].to_i()!)
  end
end

def ask(port: Int)
  connection = Http2Connection.connect("127.0.0.1", port)!
  waiting = go connection.send(Request.new("GET", "/wait"))
  big = [go connection.send(Request.new("GET", "/big")) for _ in 0..3]
  puts("#{[(await each)!.body == "0123456789".repeat(20_000) for each in big]}")
  parts = connection.send(Request.new("POST", "/parts", "x".repeat(400_000)))!
  puts("#{parts.status} #{parts.body.ends_with("end")}")
  pieces = Request.stream("POST", "/echo", out -> ["one", "three"].each(do word -> out.write(word)! end))
  puts(connection.send(pieces)!.body)
  refused = connection.send(Request.new("POST", "/echo", "x".repeat(10_001)))!
  puts("#{refused.body.trim()} #{connection.usable?()}")
  puts("#{connection.send(Request.new("HEAD", "/hello/x"))!.headers.get("Content-Length")}")
  puts("#{connection.send(Request.new("GET", "/fields"))!.headers.get("X-Long")!.byte_size}")
  puts("#{connection.send(Request.new("GET", "/go"))!.body} #{(await waiting)!.body}")
  connection.close()
  puts("#{connection.send(Request.new("GET", "/big")) is Err(reason) and reason.contains("closed")}")
end

def ask_once(port: Int)
  connection = Http2Connection.connect("127.0.0.1", port)!
  match connection.send(Request.new("GET", "/"))
    Ok(response) => puts("#{response.status} #{response.body}")
    Err(reason) => puts(reason)
  end
end

def serve()
  server = HttpServer.new()
  server.limits = Limits { line: 1000, headers: 20, body: 10_000 }
  server.timeout = 20_000
  gate: Channel<Int> = Channel.new()
  server.get("/hello/:name", request -> Response.text(200, "hello #{request.param("name")}"))
  server.post("/echo", request -> Response.text(200, request.body))
  server.get("/cookie", request -> Response.text(200, request.headers.get("Cookie") ?? "none"))
  server.get("/host", request -> Response.text(200, "#{request.headers.get("Host")} #{request.version}"))
  server.get("/big", _ -> Response.text(200, "0123456789".repeat(20_000)))
  server.get("/fields", _ -> Response.new(204).with_header("X-Long", "long ".repeat(10_000)))
  server.get("/panics", request -> Response.text(200, [""][request.headers.size + 1]))
  server.get("/numbers/:n", request -> Response.stream(200, "text/plain", do out ->
    for i in 0..request.param("n").to_i_or(0)
      out.write("#{i} ")!
    end
    panic("no more") if request.param("n") == "7"
  end))
  server.route_stream("POST", "/parts", request -> Response.stream(200, "text/plain", do out ->
    loop
      match request.pieces.read()
        Ok(Some(piece)) => out.write("#{piece.byte_size} #{piece.byte_slice(0, 3)};")!
        Ok(None) => break
        Err(reason) => panic(reason)
      end
    end
    out.write("end")!
  end))
  server.get("/wait", do _ ->
    gate.recv()
    Response.text(200, "waited")
  end)
  server.get("/go", do _ ->
    gate.send(1)
    Response.text(200, "gone")
  end)
  server.get("/stop", do _ ->
    server.stop()
    gate.send(1)
    Response.text(200, "stopped")
  end)
  listener = TcpListener.bind("127.0.0.1", 0)!
  eputs("#{listener.port()}")
  server.serve(listener)
end
"""

NO_ERROR, PROTOCOL_ERROR, FLOW_CONTROL_ERROR, STREAM_CLOSED = 0, 1, 3, 5
FRAME_SIZE_ERROR, REFUSED_STREAM, COMPRESSION_ERROR, ENHANCE_YOUR_CALM = 6, 7, 9, 11
ENABLE_PUSH, INITIAL_WINDOW_SIZE, MAX_FRAME_SIZE = 2, 4, 5
WHOLE = END_HEADERS | END_STREAM


@pytest.fixture(scope="module")
def server_program(compiled):
    return compiled("server", SERVER)


@pytest.fixture(scope="module")
def port(server_program) -> Iterator[int]:
    """A server for all tests, which must come to its end when it is told to stop."""
    with subprocess.Popen([server_program], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        number = int(process.stderr.readline())
        try:
            yield number
            with Client(number) as client, Client(number) as idle:
                client.ask(1, "/wait")
                client.ask(3, "/stop")
                # What was asked before is still answered.
                assert client.next(GOAWAY, HEADERS).kind == GOAWAY
                assert {client.next(HEADERS).stream, client.next(HEADERS).stream} == {1, 3}
                client.at_end()
                assert idle.ended_with() == NO_ERROR
            assert process.wait(timeout=20) == 0
        finally:
            process.kill()


@pytest.fixture
def client(port: int) -> Iterator[Client]:
    with Client(port) as opened:
        yield opened


def test_both_send_their_settings_first(client: Client) -> None:
    first = client.receive()
    assert (first.kind, first.flags, first.stream, len(first.payload) % 6) == (SETTINGS, 0, 0, 0)
    assert client.next(SETTINGS) == (SETTINGS, ACK, 0, b"")


def test_requests_of_every_kind(client: Client) -> None:
    client.ask(1, "/hello/J%C3%BCrgen")
    assert client.answer(1) == (200, "hello Jürgen".encode())
    client.ask(3, "/nothing")
    assert client.answer(3) == (404, b"not found\n")
    client.ask(5, "/hello/x", "HEAD")
    assert client.answer(5) == (200, b"")
    client.ask(7, "/host")
    assert client.answer(7) == (200, b'Some("x") 2')
    client.ask(9, "/panics")
    assert client.answer(9) == (500, b"internal server error\n")
    cookies = asking("GET", "/cookie", ("cookie", "a=1"), ("accept", "*/*"), ("cookie", "b=2"))
    client.send(frame(HEADERS, WHOLE, 11, cookies))
    assert client.answer(11) == (200, b"a=1; b=2")


def test_a_request_in_many_frames(client: Client) -> None:
    block = asking("POST", "/echo", ("content-length", "9"), ("te", "trailers"))
    client.send(
        frame(HEADERS, PADDED | HAS_PRIORITY, 1, b"\x03" + number(0) + b"\x10" + block[:10] + b"\0\0\0"),
        frame(CONTINUATION, 0, 1, block[10:40]),
        frame(CONTINUATION, END_HEADERS, 1, block[40:]),
        frame(DATA, 0, 1, b"abc"),
        frame(PRIORITY, 0, 7, number(1) + b"\x10"),
        frame(DATA, PADDED, 1, b"\x05def\0\0\0\0\0"),
        frame(99, 0xFF, 1, b"unknown frames are nobody's business"),
        frame(DATA, 0, 1, b"ghi"),
        frame(HEADERS, WHOLE, 1, fields(("checksum", "1"))),
    )
    assert client.answer(1) == (200, b"abcdefghi")


def test_answers_come_as_they_are_ready(client: Client) -> None:
    client.ask(1, "/wait")
    client.ask(3, "/hello/x")
    assert client.answer(3) == (200, b"hello x")
    client.ask(5, "/go")
    found = {client.next(HEADERS).stream, client.next(HEADERS).stream}
    assert found == {1, 5}


def test_a_body_waits_for_room(port: int) -> None:
    with Client(port, frame(SETTINGS, 0, 0, setting(INITIAL_WINDOW_SIZE, 0))) as client:
        client.ask(1, "/hello/x")
        assert client.next(HEADERS, DATA).kind == HEADERS
        client.send(frame(PING, 0, 0, b"12345678"))
        assert client.next(PING, DATA) == (PING, ACK, 0, b"12345678")
        client.send(frame(WINDOW_UPDATE, 0, 1, number(3)))
        assert client.next(DATA) == (DATA, 0, 1, b"hel")
        client.send(frame(SETTINGS, 0, 0, setting(INITIAL_WINDOW_SIZE, 2)))
        assert client.next(DATA) == (DATA, 0, 1, b"lo")
        # Narrower by one than what was used up: the next byte of room goes for that.
        client.send(frame(SETTINGS, 0, 0, setting(INITIAL_WINDOW_SIZE, 1)))
        client.send(frame(WINDOW_UPDATE, 0, 1, number(2)))
        assert client.next(DATA) == (DATA, 0, 1, b" ")
        client.send(frame(WINDOW_UPDATE, 0, 1, number(100)))
        assert client.next(DATA) == (DATA, END_STREAM, 1, b"x")


def test_a_body_waits_for_room_on_all_streams(port: int) -> None:
    with Client(port, frame(SETTINGS, 0, 0, setting(INITIAL_WINDOW_SIZE, 1 << 20))) as client:
        client.ask(1, "/big")
        n = 0
        while n < 65_535:
            piece = client.next(DATA)
            assert len(piece.payload) <= 1 << 14
            n += len(piece.payload)
        assert n == 65_535
        client.send(frame(WINDOW_UPDATE, 0, 0, number(1 << 20)))
        while n < 200_000:
            n += len(client.next(DATA).payload)
        assert n == 200_000


def test_a_body_is_sent_as_it_is_made(client: Client) -> None:
    client.ask(1, "/numbers/5000")
    assert client.answer(1) == (200, b"".join(b"%d " % n for n in range(5000)))
    client.ask(3, "/numbers/0")
    assert client.answer(3) == (200, b"")
    client.ask(5, "/numbers/5", "HEAD")
    assert client.answer(5) == (200, b"")
    client.ask(7, "/numbers/7")
    assert client.next(HEADERS).flags == END_HEADERS
    assert client.reset() == (7, 2)  # its handler has panicked


def test_a_body_is_read_as_it_comes(client: Client) -> None:
    client.send(frame(HEADERS, END_HEADERS, 1, asking("POST", "/parts", ("content-length", "300003"))))
    assert client.next(HEADERS).flags == END_HEADERS
    for n in range(20):
        client.send(frame(DATA, 0, 1, b"%02d:" % n + b"x" * 14_997))
        assert client.next(DATA).payload == b"15000 %02d:;" % n
    client.send(frame(DATA, END_STREAM, 1, b"abc"))
    assert client.next(DATA).payload == b"3 abc;"
    assert client.next(DATA).payload == b"end"
    assert client.next(DATA) == (DATA, END_STREAM, 1, b"")


def test_many_fields_take_many_frames(client: Client) -> None:
    client.ask(1, "/fields")
    head = client.next(HEADERS)
    assert (head.flags, len(head.payload)) == (END_STREAM, 1 << 14)
    rest = client.receive()
    while not rest.flags & END_HEADERS:
        assert (rest.kind, rest.flags, rest.stream, len(rest.payload)) == (CONTINUATION, 0, 1, 1 << 14)
        rest = client.receive()
    assert rest.kind == CONTINUATION


def test_requests_that_ask_too_much(client: Client) -> None:
    client.send(frame(HEADERS, END_HEADERS, 1, asking("POST", "/echo", ("content-length", "10001"))))
    assert client.answer(1)[1] == b"a body of more than 10000 bytes\n"
    assert client.reset() == (1, NO_ERROR)
    client.send(frame(DATA, END_STREAM, 1, b"sent before that was known"))
    client.send(frame(HEADERS, END_HEADERS, 3, asking("POST", "/echo")), frame(DATA, 0, 3, b"x" * 10_001))
    assert client.answer(3)[1] == b"a body of more than 10000 bytes\n"
    assert client.reset() == (3, NO_ERROR)
    client.send(frame(HEADERS, WHOLE, 5, asking("GET", "/", *((f"x{n}", "") for n in range(21)))))
    assert client.answer(5)[1] == b"too many headers\n"
    long = (("x", "y" * 200),) * 400
    client.send(frame(HEADERS, END_STREAM, 7, asking("GET", "/")))
    block = fields(*long)
    client.send(
        frame(CONTINUATION, 0, 7, block[:16_000]), frame(CONTINUATION, END_HEADERS, 7, block[16_000:32_000])
    )
    assert client.ended_with() == COMPRESSION_ERROR  # the block is cut off within a field


def test_no_more_streams_than_announced(client: Client) -> None:
    for n in range(128):
        client.ask(2 * n + 1, "/wait")
    client.ask(257, "/hello/x")
    assert client.reset() == (257, REFUSED_STREAM)
    client.send(frame(RST_STREAM, 0, 255, number(8)))
    # It is taken back, but its task still runs.
    client.ask(259, "/hello/x")
    assert client.reset() == (259, REFUSED_STREAM)
    with Client(client.socket.getpeername()[1]) as other:
        for n in range(128):
            other.ask(2 * n + 1, "/go")
            other.answer(2 * n + 1)
    client.send(frame(PING, 0, 0, b"12345678"))
    client.next(PING)
    client.ask(261, "/hello/x")
    while (head := client.next(HEADERS, RST_STREAM)).stream != 261:
        assert head.kind == HEADERS
    assert head.kind == HEADERS


OPEN = frame(HEADERS, END_HEADERS, 1, asking("POST", "/echo"))
DONE = frame(HEADERS, WHOLE, 1, asking("GET", "/hello/x"))


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (frame(DATA, 0, 0, b"x"), PROTOCOL_ERROR),
        (frame(HEADERS, WHOLE, 0, asking("GET", "/")), PROTOCOL_ERROR),
        (frame(HEADERS, WHOLE, 2, asking("GET", "/")), PROTOCOL_ERROR),
        (frame(PRIORITY, 0, 0, b"12345"), PROTOCOL_ERROR),
        (frame(RST_STREAM, 0, 0, number(0)), PROTOCOL_ERROR),
        (frame(RST_STREAM, 0, 1, number(0)), PROTOCOL_ERROR),
        (OPEN + frame(RST_STREAM, 0, 1, b"123"), FRAME_SIZE_ERROR),
        (frame(SETTINGS, 0, 1), PROTOCOL_ERROR),
        (frame(SETTINGS, 0, 0, b"12345"), FRAME_SIZE_ERROR),
        (frame(SETTINGS, ACK, 0, setting(1, 1)), FRAME_SIZE_ERROR),
        (frame(SETTINGS, 0, 0, setting(ENABLE_PUSH, 2)), PROTOCOL_ERROR),
        (frame(SETTINGS, 0, 0, setting(INITIAL_WINDOW_SIZE, 1 << 31)), FLOW_CONTROL_ERROR),
        (frame(SETTINGS, 0, 0, setting(MAX_FRAME_SIZE, (1 << 14) - 1)), PROTOCOL_ERROR),
        (frame(SETTINGS, 0, 0, setting(MAX_FRAME_SIZE, 1 << 24)), PROTOCOL_ERROR),
        (frame(PUSH_PROMISE, END_HEADERS, 1, number(2)), PROTOCOL_ERROR),
        (frame(PING, 0, 1, b"12345678"), PROTOCOL_ERROR),
        (frame(PING, 0, 0, b"1234567"), FRAME_SIZE_ERROR),
        (frame(GOAWAY, 0, 1, b"12345678"), PROTOCOL_ERROR),
        (frame(GOAWAY, 0, 0, b"1234567"), FRAME_SIZE_ERROR),
        (frame(WINDOW_UPDATE, 0, 0, number(0)), PROTOCOL_ERROR),
        (frame(WINDOW_UPDATE, 0, 0, b"123"), FRAME_SIZE_ERROR),
        (frame(WINDOW_UPDATE, 0, 0, number((1 << 31) - 1)), FLOW_CONTROL_ERROR),
        (frame(WINDOW_UPDATE, 0, 1, number(1)), PROTOCOL_ERROR),
        (frame(CONTINUATION, END_HEADERS, 1, b""), PROTOCOL_ERROR),
        (frame(HEADERS, 0, 1, asking("GET", "/")) + frame(PING, 0, 0, b"12345678"), PROTOCOL_ERROR),
        (frame(HEADERS, 0, 1, asking("GET", "/")) + frame(CONTINUATION, 4, 3, b""), PROTOCOL_ERROR),
        (frame(HEADERS, WHOLE, 1, b"\x80"), COMPRESSION_ERROR),
        (frame(HEADERS, WHOLE | PADDED, 1, b"\x04\x82"), PROTOCOL_ERROR),
        (OPEN + frame(DATA, PADDED, 1, b"\x03\0\0"), PROTOCOL_ERROR),
        (frame(DATA, 0, 1, b"x" * ((1 << 14) + 1)), FRAME_SIZE_ERROR),
        (frame(DATA, 0, 1, b"x"), PROTOCOL_ERROR),
        (frame(HEADERS, WHOLE, 5, asking("GET", "/")) + DONE, PROTOCOL_ERROR),
        (frame(PING, 0, 0, b"12345678") * 1200, ENHANCE_YOUR_CALM),
        (frame(HEADERS, 0, 1, b"") + frame(CONTINUATION, 0, 1, b"") * 65, ENHANCE_YOUR_CALM),
        (frame(HEADERS, 0, 1, b"") + frame(CONTINUATION, 0, 1, b"x" * 16_000) * 5, ENHANCE_YOUR_CALM),
    ],
)
def test_what_ends_everything(client: Client, sent: bytes, code: int) -> None:
    client.send(sent)
    assert client.ended_with() == code


def test_requests_that_are_taken_back_at_once(client: Client) -> None:
    for n in range(300):
        client.send(frame(HEADERS, WHOLE, 2 * n + 1, asking("GET", "/big")))
        client.send(frame(RST_STREAM, 0, 2 * n + 1, number(8)))
    assert client.ended_with() == ENHANCE_YOUR_CALM


def test_a_stream_that_is_over_is_not_used_again(client: Client) -> None:
    client.send(DONE)
    assert client.answer(1) == (200, b"hello x")
    client.send(DONE)
    assert client.ended_with() == STREAM_CLOSED


def test_the_first_frame_is_of_settings(port: int) -> None:
    with Client(port, frame(PING, 0, 0, b"12345678")) as client:
        assert client.ended_with() == PROTOCOL_ERROR


def malformed(*pairs: tuple[str, str]) -> bytes:
    return frame(HEADERS, WHOLE, 1, fields(*pairs))


GET, HTTP, ROOT = (":method", "GET"), (":scheme", "http"), (":path", "/")


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (malformed(GET, HTTP), PROTOCOL_ERROR),
        (malformed(GET, ROOT), PROTOCOL_ERROR),
        (malformed(HTTP, ROOT), PROTOCOL_ERROR),
        (malformed(GET, HTTP, (":path", "")), PROTOCOL_ERROR),
        (malformed(GET, HTTP, (":path", "x")), PROTOCOL_ERROR),
        (malformed(GET, GET, HTTP, ROOT), PROTOCOL_ERROR),
        (malformed(GET, HTTP, ROOT, (":status", "200")), PROTOCOL_ERROR),
        (malformed(GET, HTTP, ("accept", "*"), ROOT), PROTOCOL_ERROR),
        (malformed(GET, HTTP, ROOT, ("Accept", "*")), PROTOCOL_ERROR),
        (malformed(GET, HTTP, ROOT, ("x y", "*")), PROTOCOL_ERROR),
        (malformed(GET, HTTP, ROOT, ("x", "a\nb")), PROTOCOL_ERROR),
        (malformed(GET, HTTP, ROOT, ("x", " a")), PROTOCOL_ERROR),
        (malformed(GET, HTTP, ROOT, ("connection", "close")), PROTOCOL_ERROR),
        (malformed(GET, HTTP, ROOT, ("transfer-encoding", "chunked")), PROTOCOL_ERROR),
        (malformed(GET, HTTP, ROOT, ("te", "gzip")), PROTOCOL_ERROR),
        (malformed(GET, HTTP, ROOT, ("content-length", "x")), PROTOCOL_ERROR),
        (malformed(GET, HTTP, ROOT, ("content-length", "1")), PROTOCOL_ERROR),
        (OPEN + frame(HEADERS, END_HEADERS, 1, fields(("x", "y"))), PROTOCOL_ERROR),
        (OPEN + frame(HEADERS, WHOLE, 1, fields(GET)), PROTOCOL_ERROR),
        (OPEN + frame(WINDOW_UPDATE, 0, 1, number(0)), PROTOCOL_ERROR),
        (OPEN + frame(WINDOW_UPDATE, 0, 1, number((1 << 31) - 1)), FLOW_CONTROL_ERROR),
        (frame(HEADERS, WHOLE, 1, asking("GET", "/wait")) + frame(DATA, 0, 1, b"x"), STREAM_CLOSED),
        (frame(HEADERS, WHOLE, 1, asking("GET", "/wait")) + DONE, STREAM_CLOSED),
        (OPEN + frame(PRIORITY, 0, 1, b"1234"), FRAME_SIZE_ERROR),
        (
            frame(HEADERS, END_HEADERS, 1, asking("POST", "/parts", ("content-length", "3")))
            + frame(DATA, END_STREAM, 1, b"12"),
            PROTOCOL_ERROR,
        ),
    ],
)
def test_what_ends_one_stream(client: Client, sent: bytes, code: int) -> None:
    client.send(sent)
    assert client.reset() == (1, code)
    client.ask(3, "/go" if b"/wait" in sent else "/hello/x")
    assert client.answer(3)[0] == 200


def test_a_client_that_only_begins(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as caller:
        caller.sendall(PREFACE[:10])
        caller.shutdown(socket.SHUT_WR)
        assert b"HTTP/1.1 505" in caller.recv(1 << 16)


def test_curl(port: int) -> None:
    curl = shutil.which("curl")
    if curl is None or "HTTP2" not in subprocess.check_output([curl, "--version"], text=True):
        pytest.skip("this curl does not speak HTTP/2")
    command = [
        curl,
        "-s",
        "-m",
        "20",
        "--http2-prior-knowledge",
        "--data-binary",
        "@-",
        "-w",
        "%{http_version}",
    ]
    body = b"\0\r\n\xff" * 2000
    done = subprocess.run(
        [*command, f"http://127.0.0.1:{port}/echo"], input=body, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, body + b"2")


def test_the_client(port: int, server_program) -> None:
    done = execute([str(server_program), str(port)])
    assert (done.status, done.errors) == (0, "")
    assert done.output.decode().splitlines() == [
        "[true, true, true]",
        "200 true",
        "onethree",
        "a body of more than 10000 bytes true",
        'Some("7")',
        "49999",  # without the blank at the end
        "gone waited",
        "true",
    ]


OK = frame(HEADERS, END_HEADERS, 1, b"\x88")


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        (OK + frame(DATA, 0, 1, b"a") + frame(DATA, END_STREAM, 1, b"b"), "200 ab"),
        (frame(HEADERS, END_HEADERS, 1, fields((":status", "103"))) + OK + frame(DATA, 1, 1), "200 "),
        (OK + frame(HEADERS, WHOLE, 1, fields(("checksum", "1"))), "200 "),
        (frame(RST_STREAM, 0, 1, number(7)), "the server has given the request up, with code 7"),
        (frame(GOAWAY, 0, 0, number(0) + number(0)), "the server answers nothing new"),
        (frame(GOAWAY, 0, 0, number(1) + number(0)) + OK + frame(DATA, 1, 1), "200 "),
        (frame(HEADERS, WHOLE, 1, fields(("x", "y"))), "the fields are of no response"),
        (frame(DATA, END_STREAM, 1, b"x"), "a body before its response"),
        (frame(HEADERS, WHOLE, 3, b"\x88"), "a stream that has not begun"),
        (frame(PUSH_PROMISE, END_HEADERS, 1, number(2)), "nothing may be pushed"),
        (frame(HEADERS, WHOLE, 1, b"\xff"), "a number is cut off"),
        (OK + frame(DATA, 0, 1, b"half"), "the server has ended the stream"),
    ],
)
def test_what_servers_answer(server_program, answer: bytes, shown: str) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        subprocess.Popen(
            [server_program, str(server.getsockname()[1]), "once"], stdout=subprocess.PIPE
        ) as asking_one,
    ):
        stream, _ = server.accept()
        with stream:
            stream.settimeout(20)
            stream.sendall(frame(SETTINGS, 0, 0))
            data = b""
            while b"\x82" not in data[24 + 9 :]:  # the method, by its number, in the first block
                data += stream.recv(1 << 16)
            stream.sendall(answer)
            stream.shutdown(socket.SHUT_WR)
            assert asking_one.communicate(timeout=20)[0].decode() == f"{shown}\n"
