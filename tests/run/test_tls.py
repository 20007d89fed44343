"""TLS with Python's at the other end: a client in Quartz, a server in Quartz, and HTTP on either side."""

import ctypes
import http.client
import os
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.run.http2_client import PREFACE, SETTINGS, frame

PROGRAM = """
import io/stdout
import net/http
import { HttpServer, Response } from net/http_server
import { TcpListener } from net/tcp
import { Http2Connection } from net/http2_client
import { TlsClient, TlsOptions, TlsServer, TlsStream } from net/tls
import net/websocket
import { WebSocket } from net/websocket

def main(args: Vec<String>)
  match args[0]
    "call" => call(args[1], args[2].to_i()!, TlsOptions { roots: args[3], protocols: ["h9", "echo"] })
    "call anybody" => call(args[1], args[2].to_i()!, TlsOptions { verifies: false })
    "echo" => echo(args[1], args[2])
    "serve" => serve(args[1], args[2])
    "get" => get(args[1].to_i()!)
    _ => puts("no TLS: #{TlsStream.connect("localhost", 1)}")
  end
end

def call(host: String, port: Int, options: TlsOptions)
  match TlsClient.new(options)!.connect(host, port, 1_000)
    Err(reason) => puts(reason)
    Ok(stream) =>
      puts("#{stream.version()} [#{stream.protocol()}]")
      match converse(stream)
        Err(reason) => puts(reason)
        Ok(_) => puts("ended")
      end
  end
end

## Sends a line and more than systems keep, in a task of its own; reads the same up to the end.
def converse(stream: TlsStream): Result<Void, String>
  block = "0123456789abcde\\n".repeat(1 << 16)
  writing = go do ->
    stream.write("hello\\n")!
    for _ in 0..16
      stream.write(block)!
    end
    stream.end_writing()
  end
  puts(stream.read_line()? ?? "nothing")
  for i in 0..16
    assert(stream.read_exactly(block.byte_size)? == block, "block #{i}")
  end
  puts("[#{stream.read()?}]")
  await writing
  stream.close()
  return Ok(nil)
end

## Sends back what comes, to any number of callers, and tells how each of them ended.
def echo(certificates: String, key: String)
  server = TlsServer.new(certificates, key, ["echo"])!
  listener = TcpListener.bind("127.0.0.1", 0)!
  puts("#{listener.port()}")
  stdout::flush()
  loop
    stream = server.over(listener.accept()!)
    _task = go do ->
      stream.set_timeout(5_000)
      said = echoed(stream)
      eputs("#{stream.version()} [#{stream.protocol()}] #{said}")
      stream.close()
    end
  end
end

def echoed(stream: TlsStream): Result<Int, String>
  var n = 0
  loop
    piece = stream.read()?
    return Ok(n) if piece.empty?
    n += stream.write(piece)?
  end
end

def get(port: Int)
  place = "localhost:#{port}"
  puts(http::get("https://#{place}/hello/Quartz")!.body)
  puts(http::post("https://#{place}/echo", "grüße")!.body)
  puts(http::get("ftp://#{place}").unwrap_err())
  connection = Http2Connection.connect_tls("localhost", port)!
  asked = [go connection.send(http::Request.new("GET", "/hello/#{n}")) for n in 0..20]
  answers = [(await answer)!.body for answer in asked]
  puts("#{answers == ["hello #{n}" for n in 0..20]}")
  connection.close()
  socket = WebSocket.connect("wss://#{place}/words")!
  socket.send("a word")!
  puts("#{socket.receive()!?.text}")
  socket.close()
  puts("#{socket.receive()}")
end

def serve(certificates: String, key: String)
  server = HttpServer.new()
  server.get("/hello/:name", request -> Response.text(200, "hello #{request.param("name")}"))
  server.post("/echo", request -> Response.text(200, request.body))
  server.get("/words", request -> websocket::accept(request, do socket ->
    while socket.receive()! is Some(message)
      socket.send(message.text + "!")!
    end
  end))
  server.get("/stop", do _ ->
    server.stop()
    Response.text(200, "stopped")
  end)
  listener = TcpListener.bind("127.0.0.1", 0)!
  puts("#{listener.port()}")
  stdout::flush()
  server.serve_tls(listener, TlsServer.new(certificates, key, ["h2", "http/1.1"])!)
end
"""


class Certificate(NamedTuple):
    """Files of one that vouches for itself."""

    chain: str
    key: str


@pytest.fixture(scope="module", autouse=True)
def _library() -> None:
    try:
        ctypes.CDLL("libssl.so.3")
    except OSError:
        pytest.skip("no libssl of OpenSSL 3")
    if shutil.which("openssl") is None:
        pytest.skip("no openssl to make certificates with")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory, _library) -> Callable[..., Certificate]:
    """Makes one: ``certificate(names, days)``."""
    folder = tmp_path_factory.mktemp("certificates")

    def make(names: str, days: int = 2) -> Certificate:
        chain, key, asked, more = (folder / f"{len(os.listdir(folder))}.{kind}" for kind in range(4))
        more.write_text(f"subjectAltName={names}")
        curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
        openssl = ["openssl", "req", *curve, "-subj", "/CN=test", "-keyout", key, "-out", asked]
        subprocess.run(openssl, check=True, capture_output=True)
        openssl = ["openssl", "x509", "-req", "-in", asked, "-signkey", key, "-days", str(days)]
        subprocess.run([*openssl, "-extfile", more, "-out", chain], check=True, capture_output=True)
        return Certificate(str(chain), str(key))

    return make


@pytest.fixture(scope="module")
def local(certificate) -> Certificate:
    return certificate("DNS:localhost,IP:127.0.0.1")


@pytest.fixture(scope="module")
def program(compiled, _library) -> Path:
    return compiled("secured", PROGRAM)


def run(program: Path, *arguments: str, **environment: str) -> list[str]:
    """The lines that a program writes."""
    done = subprocess.run(
        [program, *arguments],
        capture_output=True,
        timeout=60,
        env={**os.environ, **environment},
        check=False,
    )
    return (done.stdout + done.stderr).decode().splitlines()


@contextmanager
def serving(talk: Callable[[socket.socket], None]) -> Iterator[str]:
    """The port of a server that talks to one caller."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            caller, _ = listener.accept()
            with caller:
                caller.settimeout(20)
                talk(caller)

        thread = threading.Thread(target=answer)
        thread.start()
        yield str(listener.getsockname()[1])
        thread.join(timeout=30)
        assert not thread.is_alive()


def echoing(certificate: Certificate, *, polite: bool = True, most=ssl.TLSVersion.TLSv1_3):
    """Sends back what comes, up to the end; says that it is the end, if it is polite."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.chain, certificate.key)
    context.set_alpn_protocols(["x", "echo"])
    context.maximum_version = most

    def talk(caller: socket.socket) -> None:
        for size in (socket.SO_SNDBUF, socket.SO_RCVBUF):
            caller.setsockopt(socket.SOL_SOCKET, size, 1 << 18)
        with suppress(ssl.SSLError, ConnectionError), context.wrap_socket(caller, server_side=True) as stream:
            while piece := stream.recv(1 << 16):
                stream.sendall(piece)
            if polite:
                stream.unwrap()

    return talk


def test_calls(program, local):
    expected = ["hello", "[]", "ended"]
    with serving(echoing(local)) as port:
        assert run(program, "call", "localhost", port, local.chain) == ["TLSv1.3 [echo]", *expected]
    with serving(echoing(local, most=ssl.TLSVersion.TLSv1_2)) as port:
        assert run(program, "call", "127.0.0.1", port, local.chain) == ["TLSv1.2 [echo]", *expected]


def test_who_is_not_who_was_called(program, local, certificate):
    failed = "certificate verify failed: "
    other, old = certificate("DNS:other.example"), certificate("DNS:localhost", -1)
    with serving(echoing(other)) as port:
        assert run(program, "call", "localhost", port, other.chain) == [failed + "hostname mismatch"]
    with serving(echoing(other)) as port:
        assert run(program, "call", "127.0.0.1", port, other.chain) == [failed + "IP address mismatch"]
    with serving(echoing(local)) as port:
        assert run(program, "call", "localhost", port, "") == [failed + "self-signed certificate"]
    with serving(echoing(local)) as port:
        assert run(program, "call", "localhost", port, other.chain) == [failed + "self-signed certificate"]
    with serving(echoing(old)) as port:
        assert run(program, "call", "localhost", port, old.chain) == [failed + "certificate has expired"]
    with serving(echoing(other)) as port:
        assert run(program, "call anybody", "localhost", port)[1:] == ["hello", "[]", "ended"]


def test_streams_that_break(program, local):
    cut_off = "the stream is cut off: the other end has not said that nothing more comes"
    with serving(echoing(local, polite=False)) as port:
        said = run(program, "call", "localhost", port, local.chain)
        assert said == ["TLSv1.3 [echo]", "hello", cut_off]
    with serving(lambda caller: caller.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as port:
        assert run(program, "call", "localhost", port, local.chain) == ["wrong version number"]
    with serving(lambda caller: None) as port:
        assert run(program, "call", "localhost", port, local.chain)[0] in (
            cut_off,
            "Connection reset by peer",
        )
    with serving(lambda caller: caller.recv(1 << 16) and caller.recv(1)) as port:
        assert run(program, "call", "localhost", port, local.chain) == ["timed out"]
    message = run(program, "call", "localhost", "1", "/no/such.pem")[0]
    assert message.endswith('Err("no certificates to trust: No such file or directory")`')


def test_a_machine_without_the_library(program, tmp_path):
    (tmp_path / "libssl.so.3").write_bytes(b"")
    (line,) = run(program, "none", LD_LIBRARY_PATH=str(tmp_path))
    assert line == f'no TLS: Err("TLS needs OpenSSL 3: {tmp_path}/libssl.so.3: file too short")'


@contextmanager
def server(program: Path, mode: str, certificate: Certificate) -> Iterator[tuple[int, subprocess.Popen]]:
    """A server in Quartz: its port, and the process."""
    command = [program, mode, certificate.chain, certificate.key]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            yield int(process.stdout.readline()), process
        finally:
            process.kill()


def trusting(certificate: Certificate, *protocols: str) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=certificate.chain)
    if protocols:
        context.set_alpn_protocols(protocols)
    return context


def test_answers(program, local):
    context = trusting(local, "other", "echo")
    with server(program, "echo", local) as (port, process):

        def call(context: ssl.SSLContext = context) -> ssl.SSLSocket:
            plain = socket.create_connection(("127.0.0.1", port), timeout=20)
            return context.wrap_socket(plain, server_hostname="localhost")

        with socket.create_connection(("127.0.0.1", port)) as silent, call() as first, call() as second:
            assert (first.version(), first.selected_alpn_protocol()) == ("TLSv1.3", "echo")
            for stream, word in ((first, b"one"), (second, b"two"), (first, b"three")):
                stream.sendall(word)
                assert stream.recv(100) == word
            data = bytes(range(256)) * 4096
            sending = threading.Thread(target=second.sendall, args=(data,))
            sending.start()
            received = b""
            while len(received) < len(data):
                received += second.recv(1 << 16)
            sending.join()
            assert received == data
            second.unwrap()
            assert process.stderr.readline() == f"TLSv1.3 [echo] Ok({len(data) + 3})\n".encode()
            first.shutdown(socket.SHUT_RDWR)
            assert b'Err("the stream is cut off' in process.stderr.readline()
            silent.sendall(b"GET / HTTP/1.1\r\n\r\n")
            assert process.stderr.readline() == b' [] Err("http request")\n'
        with pytest.raises(ssl.SSLCertVerificationError):
            call(ssl.create_default_context())
        assert b"unknown ca" in process.stderr.readline()
        old = trusting(local)
        old.maximum_version = ssl.TLSVersion.TLSv1_2
        with call(old) as stream:
            assert (stream.version(), stream.selected_alpn_protocol()) == ("TLSv1.2", None)


def test_http(program, local):
    with server(program, "serve", local) as (port, process):
        connection = http.client.HTTPSConnection("localhost", port, timeout=20, context=trusting(local))
        for name in ("Ada", "Bob"):
            connection.request("GET", f"/hello/{name}")
            assert connection.getresponse().read() == b"hello " + name.encode()
        connection.request("POST", "/echo", b"x" * 100_000)
        assert connection.getresponse().read() == b"x" * 100_000
        connection.close()

        plain = socket.create_connection(("127.0.0.1", port), timeout=20)
        with trusting(local, "http/1.1", "h2").wrap_socket(plain, server_hostname="localhost") as stream:
            assert stream.selected_alpn_protocol() == "h2"
            stream.sendall(PREFACE + frame(SETTINGS, 0, 0))
            assert stream.recv(1 << 16)[3] == SETTINGS

        unknown = f"`ftp://localhost:{port}` begins neither with `http://` nor with `https://`"
        expected = ["hello Quartz", "grüße", unknown, "true", 'Some("a word!")', "Ok(None)"]
        assert run(program, "get", str(port), SSL_CERT_FILE=local.chain) == expected
        connection.request("GET", "/stop")
        assert connection.getresponse().read() == b"stopped"
        connection.close()
        assert process.wait(timeout=20) == 0
