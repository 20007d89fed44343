"""Blocks of fields, both ways, against the examples of RFC 7541, appendix C; broken ones."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.program_files import execute, qz

PROGRAM = """
import { Decoder, Encoder, Field } from net/hpack
import std/io/stdin

# Each line is a task: `table N` starts anew with tables of N bytes, `plain` does without Huffman's code,
# `limit N` announces a table, `decode HEX` and `encode name=value|name=value` print what comes out and how
# large the table is.
def main()
  var encoder = Encoder.new()
  var decoder = Decoder.new()
  for line in stdin::read_all().lines()
    word = line.split(" ")[0]
    rest = line.byte_slice(min(word.byte_size + 1, line.byte_size), line.byte_size)
    match word
      "table" =>
        encoder = Encoder.new(rest.to_i()!)
        decoder = Decoder.new(rest.to_i()!)
      "plain" => encoder.huffman = false
      "limit" =>
        encoder.resize(rest.to_i()!)
        decoder.resize(rest.to_i()!)
      "decode" => puts(decoded(decoder, String.from_bytes(Bytes.from_hex(rest)!)))
      "encode" =>
        block = encoder.encode([field(part) for part in rest.split("|")])
        puts("#{block.bytes().hex()} #{encoder.table_size()}")
      _ => panic(line)
    end
  end
end

def field(text: String): Field
  at = text.byte_index_of("=")
  return Field.new(text.byte_slice(0, at), text.byte_slice(at + 1, text.byte_size))
end

def decoded(decoder: Decoder, block: String): String
  match decoder.decode(block)
    Ok(read) => ["#{f.name}=#{f.value}" for f in read.fields].join("|") + " #{decoder.table_size()}"
    Err(reason) => reason
  end
end
"""

REQUESTS = (
    ":method=GET|:scheme=http|:path=/|:authority=www.example.com",
    ":method=GET|:scheme=http|:path=/|:authority=www.example.com|cache-control=no-cache",
    ":method=GET|:scheme=https|:path=/index.html|:authority=www.example.com|custom-key=custom-value",
)
DATE, LATER = "Mon, 21 Oct 2013 20:13:21 GMT", "Mon, 21 Oct 2013 20:13:22 GMT"
PLACE, COOKIE = "https://www.example.com", "foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1"
RESPONSES = (
    f":status=302|cache-control=private|date={DATE}|location={PLACE}",
    f":status=307|cache-control=private|date={DATE}|location={PLACE}",
    f":status=200|cache-control=private|date={LATER}|location={PLACE}|content-encoding=gzip|set-cookie={COOKIE}",
)
PLAIN_REQUESTS = (
    "828684410f7777772e6578616d706c652e636f6d",
    "828684be58086e6f2d6361636865",
    "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565",
)
SHORT_REQUESTS = (
    "828684418cf1e3c2e5f23a6ba0ab90f4ff",
    "828684be5886a8eb10649cbf",
    "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf",
)
PLAIN_RESPONSES = (
    "4803333032580770726976617465611d" + DATE.encode().hex() + "6e17" + PLACE.encode().hex(),
    "4803333037c1c0bf",
    "88c1611d" + LATER.encode().hex() + "c05a04677a69707738" + COOKIE.encode().hex(),
)
SHORT_RESPONSES = (
    "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff6e919d29ad171863c78f0b97c8e9ae82ae43d3",
    "4883640effc1c0bf",
    "88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335dfdfcd5b3960"
    "d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007",
)

Ask = Callable[..., list[str]]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    folder = tmp_path_factory.mktemp("hpack")
    (folder / "hpack.qz").write_text(PROGRAM)
    program: Path = folder / "program"
    assert execute(qz("compile", folder / "hpack.qz", "-o", program), cache=folder) == (b"", 0, "")

    def answers(*tasks: str) -> list[str]:
        done = execute([str(program)], stdin="\n".join(tasks).encode())
        assert (done.status, done.errors) == (0, "")
        return done.output.decode().splitlines()

    return answers


@pytest.mark.parametrize(
    ("start", "messages", "blocks", "sizes"),
    [
        (("plain",), REQUESTS, PLAIN_REQUESTS, (57, 110, 164)),
        ((), REQUESTS, SHORT_REQUESTS, (57, 110, 164)),
        (("table 256", "plain"), RESPONSES, PLAIN_RESPONSES, (222, 222, 215)),
        (("table 256",), RESPONSES, SHORT_RESPONSES, (222, 222, 215)),
    ],
    ids=("C.3", "C.4", "C.5", "C.6"),
)
def test_examples_of_the_rfc(
    ask: Ask,
    start: tuple[str, ...],
    messages: tuple[str, ...],
    blocks: tuple[str, ...],
    sizes: tuple[int, ...],
) -> None:
    encoded = ask(*start, *(f"encode {message}" for message in messages))
    assert encoded == [f"{block} {size}" for block, size in zip(blocks, sizes, strict=True)]
    decoded = ask(*start, *(f"decode {block}" for block in blocks))
    assert decoded == [f"{message} {size}" for message, size in zip(messages, sizes, strict=True)]


def test_fields_of_every_kind(ask: Ask) -> None:
    """C.2: with and without a number from now on, never with one, by one; C.1: a number of three bytes."""
    assert ask(
        "decode 400a637573746f6d2d6b65790d637573746f6d2d686561646572",
        "decode 040c2f73616d706c652f70617468",
        "decode 100870617373776f726406736563726574",
        "decode 82",
        "decode 3f9a0a",
    ) == [
        "custom-key=custom-header 55",
        ":path=/sample/path 55",
        "password=secret 55",
        ":method=GET 55",
        " 55",
    ]


def test_every_byte_has_a_code(ask: Ask) -> None:
    # No NUL, newline or `|`, which the tasks are written with.
    texts = [
        f"x=a{chr(c)}b{chr(c)}{chr(c)}"
        for c in range(1, 0x250)
        if chr(c).isprintable() and chr(c) not in "|\x85"
    ]
    blocks = [line.split()[0] for line in ask(*(f"encode {text}" for text in texts))]
    assert [line.rsplit(" ", 1)[0] for line in ask(*(f"decode {block}" for block in blocks))] == texts


def test_a_table_forgets_the_oldest(ask: Ask) -> None:
    # 34 bytes each: two fit.
    assert ask(
        "table 70",
        "plain",
        "encode a=1",
        "encode b=2",
        "encode a=1",
        "encode c=3",
        "encode b=2",
        "encode a=2",
    ) == [
        *("4001610131 34", "4001620132 68", "bf 68", "4001630133 68", "bf 68", "4001610132 68"),
    ]
    assert ask("table 30", "plain", "encode a=1", "decode 4001610131") == ["4001610131 0", "a=1 0"]


def test_tables_change_their_size(ask: Ask) -> None:
    assert ask("limit 100", "encode :method=GET", "decode 82", "decode 3f4582", "decode 82") == [
        *("3f4582 0", "the table has to become smaller first", ":method=GET 0", ":method=GET 0"),
    ]
    assert ask("plain", "encode a=1", "limit 0", "limit 4096", "encode a=1", "encode a=1") == [
        *("4001610131 34", "203fe11f4001610131 34", "be 34"),
    ]


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        ("80", "no field has the number 0"),
        ("be", "no field has the number 62"),
        ("7f00", "no field has the number 63"),
        ("3fe21f", "a table of 4097 bytes"),
        ("8220", "the size of the table changes behind a field"),
        ("3fffffffffffff01", "a number is too large"),
        ("3fff", "a number is cut off"),
        ("40", "a text is missing"),
        ("000161", "a text is missing"),
        ("0001610562", "a text is cut off"),
        ("00016181ff", "a text is in no Huffman code"),  # eight ones of filling
        ("0001618118", "a text is in no Huffman code"),  # `a`, filled up with zeros
        ("00016184ffffffff", "a text is in no Huffman code"),  # the end, which is never sent
        ("000161821fff", "a text is in no Huffman code"),  # `a` and eleven ones
    ],
)
def test_broken_blocks(ask: Ask, block: str, reason: str) -> None:
    assert ask(f"decode {block}") == [reason]
