"""A server in Quartz, with Python's client and rude callers; a client in Quartz, with Python's server."""

import http.client
import http.server
import socket
import subprocess
import threading
from collections.abc import Iterator

import pytest

from tests.program_files import execute, qz

SERVER = """
import { HttpServer, Limits, Response } from net/http_server
import { TcpListener } from net/tcp

def main()
  server = HttpServer.new()
  server.limits = Limits { line: 1000, headers: 20, body: 10_000 }
  server.timeout = 20_000
  server.get("/hello/:name", request -> Response.text(200, "hello #{request.param("name")}"))
  server.post("/echo", request -> Response.text(200, request.body))
  server.put("/echo", _ -> Response.new(204))
  server.get("/slow", do _ ->
    sched_sleep(300)
    Response.text(200, "slow")
  end)
  server.get("/panics", do request ->
    numbers = [1, 2]
    Response.text(200, "#{numbers[request.query.size + 2]}")
  end)
  server.get("/numbers/:n", request -> Response.stream(200, "text/plain", do out ->
    for i in 0..request.param("n").to_i_or(0)
      out.write("#{i} ")!
    end
    panic("no more") if request.param("n") == "7"
  end))
  server.route_stream("POST", "/size", do request ->
    var n = 0
    while request.pieces.read()! is Some(piece)
      n += piece.byte_size
    end
    Response.text(200, "#{n}")
  end)
  server.route_stream("POST", "/ignore", request -> Response.text(200, request.body + "ignored"))
  server.get("/stop", do _ ->
    server.stop()
    Response.text(200, "stopped")
  end)
  listener = TcpListener.bind("127.0.0.1", 0)!
  eputs("#{listener.port()}")
  puts("#{server.serve(listener)}")
end
"""

CLIENT = """
import net/http

def main(args: Vec<String>)
  for target in args[1..]
    match http::get(args[0] + target)
      Ok(answer) => puts("#{answer.status} #{answer.headers.get("X-Kind") ?? "-"} #{answer.body.byte_size}")
      Err(reason) => puts("error: #{reason}")
    end
  end
  puts(http::post(args[0] + "/echo", "grüße")!.body)
end
"""
POST = 'puts(http::post(args[0] + "/echo", "grüße")!.body)'


@pytest.fixture(scope="module")
def server_program(compiled):
    return compiled("server", SERVER)


@pytest.fixture
def port(server_program) -> Iterator[int]:
    """A server of its own for each test; it must come to its end when it is told to stop."""
    with subprocess.Popen([server_program], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None
        number = int(process.stderr.readline())
        try:
            yield number
            assert answer(number, "GET", "/stop") == (200, b"stopped")
            assert process.wait(timeout=20) == 0
        finally:
            process.kill()


def answer(port: int, method: str, target: str, body=None, headers=None) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, target, body, headers or {})
    response = connection.getresponse()
    found = response.status, response.read()
    connection.close()
    return found


def said(port: int, data: bytes) -> bytes:
    """All that the server sends back to these bytes, up to the end."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as caller:
        caller.sendall(data)
        caller.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: caller.recv(1 << 16), b""))


def status_of(port: int, data: bytes) -> int:
    return int(said(port, data).split()[1])


def test_requests_of_every_kind(port):
    assert answer(port, "GET", "/hello/J%C3%BCrgen") == (200, "hello Jürgen".encode())
    assert answer(port, "GET", "/hello/") == (404, b"not found\n")
    assert answer(port, "PATCH", "/echo") == (405, b"method not allowed\n")
    assert answer(port, "OPTIONS", "/echo") == (204, b"")
    assert answer(port, "PUT", "/echo", b"x") == (204, b"")
    assert answer(port, "HEAD", "/hello/x") == (200, b"")
    assert answer(port, "POST", "/echo", b"\0\r\n\xff" * 100) == (200, b"\0\r\n\xff" * 100)


def test_one_stream_serves_many_requests(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.connect()
    stream = connection.sock
    for n in range(20):
        chunks = (b"chunk %d " % k for k in range(n))
        connection.request("POST", "/echo", chunks, {"Transfer-Encoding": "chunked"}, encode_chunked=True)
        body = connection.getresponse().read()
        assert body == b"".join(b"chunk %d " % k for k in range(n))
        assert connection.sock is stream
    connection.close()


def test_bodies_in_pieces(port):
    numbers = b"".join(b"%d " % n for n in range(3000))
    assert answer(port, "GET", "/numbers/3000") == (200, numbers)
    assert answer(port, "HEAD", "/numbers/3000") == (200, b"")
    old = said(port, b"GET /numbers/3 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
    assert old.endswith(b"\r\n\r\n0 1 2 ")
    assert b"Transfer-Encoding" not in old
    assert b"Connection: close" in old
    twice = said(port, b"GET /numbers/2 HTTP/1.1\r\nHost: x\r\n\r\n" * 2)
    assert twice.count(b"\r\n\r\n2\r\n0 \r\n2\r\n1 \r\n0\r\n\r\n") == 2
    # A handler that panics breaks off, so that nobody takes what came for all of it.
    broken = said(port, b"GET /numbers/7 HTTP/1.1\r\nHost: x\r\n\r\n")
    assert broken.endswith(b"6 \r\n")
    # Of any size, but not so many bytes at once.
    assert answer(port, "POST", "/size", b"x" * 300_000) == (200, b"300000")
    chunks = (b"x" * n for n in range(1, 500))
    assert answer(port, "POST", "/size", chunks) == (200, b"%d" % sum(range(500)))
    assert answer(port, "POST", "/ignore", b"x" * 100_000) == (200, b"ignored")


def test_requests_that_are_sent_at_once_are_answered_in_turn(port):
    one = b"GET /hello/%d HTTP/1.1\r\nHost: x\r\n\r\n"
    text = said(port, b"".join(one % n for n in range(30)))
    assert text.count(b"HTTP/1.1 200 OK") == 30
    assert [int(part.split(b"\n")[0].split(b"H")[0]) for part in text.split(b"hello ")[1:]] == list(range(30))


def test_old_clients_are_answered_once(port):
    assert said(port, b"GET /hello/a HTTP/1.0\r\n\r\nGET /hello/b HTTP/1.0\r\n\r\n").count(b"200 OK") == 1
    twice = b"GET /hello/a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" * 2
    assert said(port, twice).count(b"200 OK") == 2


def test_slow_requests_do_not_keep_others_waiting(port):
    answers: list[tuple[int, bytes]] = []
    callers = [
        threading.Thread(target=lambda: answers.append(answer(port, "GET", "/slow"))) for _ in range(30)
    ]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert answers == [(200, b"slow")] * 30


def test_a_panic_is_the_end_of_one_request_only(port):
    assert answer(port, "GET", "/panics") == (500, b"internal server error\n")
    assert answer(port, "GET", "/hello/x") == (200, b"hello x")


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET /hello/x HTTP/2.0\r\nHost: x\r\n\r\n", 505),
        (b"GET hello HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (b"GET /hello/x HTTP/1.1\r\n\r\n", 400),
        (b"GET /hello/x HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400),
        (b"GET /hello/x HTTP/1.1\r\nHost : x\r\n\r\n", 400),
        (b"GET /hello/x HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n", 400),
        (b"GET /hello/x HTTP/1.1\r\nHost: x\r\n", 400),
        (b"GET /" + b"x" * 2000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        (b"GET /hello/x HTTP/1.1\r\nHost: " + b"x" * 2000 + b"\r\n\r\n", 431),
        (b"GET /hello/x HTTP/1.1\r\n" + b"A: b\r\n" * 30 + b"\r\n", 431),
        (b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10001\r\n\r\n", 413),
        (b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400),
        (b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n", 400),
        (b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxy", 400),
        (b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nxy", 408),
        (
            b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n"
            b"\r\n0\r\n\r\n",
            400,
        ),
        (b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
        (b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400),
        (b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n0\r\n\r\n", 400),
        (b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffff\r\n", 413),
    ],
)
def test_rude_requests_are_refused(port, data, status):
    assert status_of(port, data) == status


def test_a_client_that_asks_whether_to_go_on_is_told_so(port):
    text = said(
        port,
        b"POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nhi",
    )
    assert text.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n")


class Answering(http.server.BaseHTTPRequestHandler):
    """Answers with a length, in chunks, or up to the end of the stream."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.send_response(404 if self.path == "/missing" else 200)
        self.send_header("X-Kind", self.path)
        if self.path == "/chunks":
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"5\r\nhello\r\n10;name=value\r\n0123456789abcdef\r\n0\r\nTrailer: x\r\n\r\n")
        elif self.path == "/end":
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(b"x" * 100_000)
        else:
            self.send_header("Content-Length", "3")
            self.end_headers()
            self.wfile.write(b"abc")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Says nothing."""


def test_answers_of_every_kind(tmp_path, cache):
    (tmp_path / "client.qz").write_text(CLIENT)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        words = (f"http://127.0.0.1:{server.server_port}", "/length", "/chunks", "/end", "/missing")
        done = execute(qz("run", tmp_path / "client.qz", "--", *words), cache=cache)
        server.shutdown()
    assert done.errors == ""
    assert done.output.decode() == ("200 /length 3\n200 /chunks 21\n200 /end 100000\n404 /missing 3\ngrüße\n")


def test_nobody_there(tmp_path, cache):
    (tmp_path / "client.qz").write_text(CLIENT.replace(POST, ""))
    done = execute(qz("run", tmp_path / "client.qz", "--", "http://127.0.0.1:1", "/"), cache=cache)
    assert done.output == b"error: Connection refused\n"
