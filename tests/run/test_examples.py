"""The small examples, against figures worked out in Python."""

from __future__ import annotations

import gzip
import http.client
import math
import os
import random
import struct
import subprocess
import sys
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[bytes]]
TEXTS = {
    "plain": b"one two\nthree\n",
    "no-line-end": b"one two\nthree",
    "empty": b"",
    "blanks": b" \t\n\n  \x0b\x0c\r\n",
    "umlauts": "ä öö\tü\n".encode(),
    "with-nul": b"a\0b c\n",
}


@pytest.fixture(scope="module")
def run(root: Path, cache: Path) -> Run:
    def run_example(name: str, *words: str, source: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "qz.cli.main", "run", str(root / "examples" / name)]
        command += ["--", *words] if words else []
        environment = os.environ | {"XDG_CACHE_HOME": str(cache)}
        return subprocess.run(
            command, cwd=root, env=environment, input=source, capture_output=True, timeout=120, check=False
        )

    return run_example


def test_a_pipeline_of_tasks(run: Run, root: Path) -> None:
    source = (root / "examples" / "pipeline.qz").read_bytes()
    done = run("pipeline.qz", source=source)
    assert (done.returncode, done.stderr) == (0, b"")
    words = Counter(word for word in source.replace(b"\n", b" ").split(b" ") if word)
    shown = sorted(words.items(), key=lambda found: (-found[1], found[0]))[:5]
    assert done.stdout == b"".join(b"%d %s\n" % (n, word) for word, n in shown)


def test_a_machine_sieves(run: Run, root: Path) -> None:
    primes = [n for n in range(2, 2000) if all(n % d for d in range(2, math.isqrt(n) + 1))]
    done = run("cpu/cpu.qz", source=(root / "examples" / "cpu" / "primes.asm").read_bytes())
    assert (done.returncode, done.stdout) == (0, b"%d %d\n" % (len(primes), sum(primes)))


@pytest.mark.parametrize(
    ("source", "status", "reason"),
    [
        (b"halt\nadd r1, r2, r16\n", 1, b'line 2: NoRegister("r16")\n'),
        (b"jmp nowhere\n", 1, b'line 1: UnknownLabel("nowhere")\n'),
        (b"lw r1, -1(r0)\n", 2, b"at 0: NoCell(-1)\n"),
        (b"add r1, r0, r0\n", 2, b"at 0: NoInstruction(1)\n"),
    ],
)
def test_a_machine_says_what_is_wrong(run: Run, source: bytes, status: int, reason: bytes) -> None:
    done = run("cpu/cpu.qz", source=source)
    assert (done.returncode, done.stderr) == (status, reason)


CALCULATIONS: dict[str, object] = {
    "1 + 2 * 3": 1.0 + 2 * 3,
    "2 ^ 3 ^ 2": 2.0**3**2,
    "-2 ^ 2": -(2.0**2),
    "r = q = (1 + 2) * 4": 12.0,
    "sqrt(r + 4) / q": 16.0**0.5 / 12,
    "10 - 4 - 3": 10.0 - 4 - 3,
    "abs(-2.5) * pi": 2.5 * math.pi,
    "(1 + 2": "error: a `)` is missing",
    "1 + $": "error: `$` was not expected",
    "4 5": "error: `5` was not expected",
    "2 = 3": "error: only a name can be assigned",
    "nope + 1": "error: there is no `nope`",
    "foo(1)": "error: there is no function `foo`",
    "": "error: something is missing",
}


def test_a_calculator(run: Run) -> None:
    done = run("calc.qz", source="".join(f"{line}\n" for line in CALCULATIONS).encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().splitlines() == [str(result) for result in CALCULATIONS.values()]


COMMANDS = {
    "open Ada": "account 1",
    "open Bob": "account 2",
    "open Cy dollar": "account 3",
    "deposit 1 100.50": "done",
    "move 1 2 20.25": "done",
    "move 1 3 1": "refused: Euro does not become Dollar",
    "move 2 1 50": "refused: account 2 has 20.25, not 50.00",
    "close 1": "refused: account 1 is not empty",
    "close 3": "done",
    "close 9": "refused: there is no account 9",
    "deposit 1 2.5": "refused: `2.5` is no amount",
    "dance": "refused: what is `dance`?",
}
LISTED = ["1 Ada    80.25 Euro", "2 Bob    20.25 Euro", "total 100.50 Euro"]


def test_a_bank_remembers_what_has_happened(run: Run, tmp_path: Path) -> None:
    journal = str(tmp_path / "journal")
    done = run("bank/bank.qz", journal, source="".join(f"{line}\n" for line in COMMANDS).encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().splitlines() == list(COMMANDS.values())
    again = run("bank/bank.qz", journal, source=b"list\n")
    assert again.stdout.decode().splitlines() == LISTED
    Path(journal).write_text('{"Closed":1')
    broken = run("bank/bank.qz", journal)
    assert broken.returncode == 1
    assert broken.stderr.startswith(b"line 1 of the journal: ")


def packed(data: bytes, level: int, strategy: int = zlib.Z_DEFAULT_STRATEGY) -> bytes:
    """The blocks of DEFLATE alone."""
    packing = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS, strategy=strategy)
    return packing.compress(data) + packing.flush()


def zipped(data: bytes, blocks: bytes, flags: int = 0, parts: bytes = b"") -> bytes:
    """A gzip file by hand, with whatever its header may have."""
    end = struct.pack("<II", zlib.crc32(data), len(data))
    return b"\x1f\x8b\x08" + bytes([flags]) + bytes(6) + parts + blocks + end


def test_packed_files_are_shown(run: Run, tmp_path: Path) -> None:
    text = Path(__file__).read_bytes()
    noise = bytes(random.Random(1).randrange(256) for _ in range(3000))
    whole = gzip.compress(noise)
    extra = b"\x03\x00abc" + b"name\0" + b"comment\0" + b"\x12\x34"
    files = {
        "best.gz": (gzip.compress(text), text),
        "stored.gz": (zipped(noise, packed(noise, 0)), noise),
        "fixed.gz": (zipped(text, packed(text, 9, zlib.Z_FIXED)), text),
        "empty.gz": (gzip.compress(b""), b""),
        "named.gz": (zipped(b"aaaaaaaaaa", packed(b"aaaaaaaaaa", 9), 0b11110, extra), b"aaaaaaaaaa"),
        "noise.gz": (whole, noise),
        "cut.gz": (whole[:-9], b""),
        "spoilt.gz": (gzip.compress(b"abc")[:-8] + bytes(8), b""),
        "kind.gz": (zipped(b"", b"\x07"), b""),
        "far.gz": (zipped(b"", b"\x03\x02"), b""),
        "plain.gz": (text, b""),
    }
    for name, (content, _) in files.items():
        (tmp_path / name).write_bytes(content)
    names = [str(tmp_path / name) for name in files]
    done = run("gunzip.qz", *names, str(tmp_path / "none"))
    assert done.stdout == b"".join(shown for _, shown in files.values())
    assert (done.returncode, done.stderr.decode().replace(f"{tmp_path}/", "").splitlines()) == (
        1,
        [
            "cut.gz: CutOff",
            f"spoilt.gz: BadChecksum(0, {zlib.crc32(b'abc')})",
            "kind.gz: UnknownBlock(3)",
            "far.gz: BadDistance(1)",
            "plain.gz: NotGzip",
            "none: No such file or directory",
        ],
    )


def collatz_length(n: int) -> int:
    steps = 0
    while n != 1:
        n = 3 * n + 1 if n % 2 else n // 2
        steps += 1
    return steps


def test_the_tour(run: Run) -> None:
    done = run("tour.qz")
    assert (done.returncode, done.stderr) == (0, b"")
    lines = done.stdout.decode().splitlines()
    n_primes = sum(all(n % k for k in range(2, n)) for n in range(2, 1001))
    lisbon = sum([14.0, 15.5, 17.0, 16.0, 15.0, 14.5, 13.0]) / 7
    expected = [
        f"  the 2 of us, you and I, and {7 * 24} hours a week",
        "  Oslo: -2.0 C (28.4 F), freezing",
        "    warmest on day 4 of 7",
        f"  Lisbon: {lisbon} C ({lisbon * 9.0 / 5.0 + 32.0} F), pleasant",
        f"  0xFF & 0b1010_1010 = {0xFF & 0b1010_1010}, 1 << 20 = {1 << 20}",
        "  7 / 2 = 3, 7.0 / 2.0 = 3.5, 2.5 as Int = 2",
        f"  0.1 + 0.2 = {0.1 + 0.2}, which is 0.3: false",
        f"  {n_primes} primes below a thousand; 27 takes {collatz_length(27)} steps to 1",
        "  2: ()",
        "  red | green |  | blue and \N{GREEN HEART}",
    ]
    assert [line for line in expected if line not in lines] == []
    assert lines[0] == "--- hello, quartz " + "-" * 14


def counted(data: bytes) -> tuple[int, int, int]:
    """Lines, words and bytes, words being what white space in ASCII parts."""
    return data.count(b"\n"), len(data.split()), len(data)


def test_wc_counts_standard_input(run: Run) -> None:
    for data in TEXTS.values():
        done = run("wc.qz", source=data)
        assert (done.returncode, done.stderr) == (0, b"")
        assert tuple(map(int, done.stdout.split())) == counted(data)


def test_wc_counts_files(run: Run, tmp_path: Path) -> None:
    for name, data in TEXTS.items():
        (tmp_path / name).write_bytes(data)
    done = run("wc.qz", *(str(tmp_path / name) for name in TEXTS))
    rows = [line.split() for line in done.stdout.decode().splitlines()]
    totals = tuple(map(sum, zip(*map(counted, TEXTS.values()), strict=True)))
    expected = {str(tmp_path / name): counted(data) for name, data in TEXTS.items()} | {"total": totals}
    assert {row[3]: tuple(map(int, row[:3])) for row in rows} == expected
    assert len({len(line) - len(line.split()[-1]) for line in done.stdout.decode().splitlines()}) == 1
    assert done.returncode == 0


def test_wc_goes_on_after_a_missing_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "there").write_bytes(b"a b\n")
    done = run("wc.qz", str(tmp_path / "gone"), str(tmp_path / "there"))
    assert done.returncode == 1
    assert done.stderr == f"wc: {tmp_path / 'gone'}: no such file\n".encode()
    assert done.stdout.splitlines()[0].split()[:3] == [b"1", b"2", b"4"]


def test_the_server(root: Path, cache: Path, tmp_path: Path) -> None:
    program = tmp_path / "server"
    command = [
        sys.executable,
        "-m",
        "qz.cli.main",
        "compile",
        str(root / "examples" / "server.qz"),
        "-o",
        program,
    ]
    environment = os.environ | {"XDG_CACHE_HOME": str(cache)}
    subprocess.run(command, cwd=root, env=environment, timeout=120, check=True)
    with subprocess.Popen([program], stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        connection = http.client.HTTPConnection("127.0.0.1", int(server.stdout.readline().rsplit(b":")[-1]))
        found: list[tuple[int, bytes]] = []
        for method, path, body in (
            ("GET", "/notes/a", None),
            ("PUT", "/notes/a", "bread\n"),
            ("PUT", "/notes/a", "salt\n"),
            ("PUT", "/notes/b", "\0"),
            ("GET", "/notes/a", None),
            ("GET", "/", None),
            ("DELETE", "/notes/a", None),
            ("DELETE", "/notes/a", None),
        ):
            connection.request(method, path, body)
            response = connection.getresponse()
            found.append((response.status, response.read()))
        server.kill()
    gone = (404, b"there is no such note\n")
    changed, shown = [(201, b""), (204, b""), (201, b"")], [(200, b"salt\n"), (200, b'["a","b"]')]
    assert found == [gone, *changed, *shown, (204, b""), gone]
