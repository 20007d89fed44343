"""Progress on a terminal: how often it is written to, and what is there in the end."""

import fcntl
import os
import pty
import struct
import subprocess
import termios

PROGRAM = """
import { Live } from progress
import colors
import time

def main()
  colors::set_enabled(false)
  live = Live.new()
  slow = live.add("slow", 100_000)
  quick = live.add_spinner("quick")
  until_then = time::monotonic() + 450 * time::MILLISECOND
  var n = 0
  while time::monotonic() < until_then
    n = min(n + 1, 99_999)
    slow.set(n)
  end
  quick.finish()
  live.print("a word")
  slow.finish("all")
end
"""


def shown(command: list[str], columns: int) -> list[bytes]:
    """What a program writes to a terminal on standard error, piece by piece, up to a carriage return each."""
    controller, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 25, columns, 0, 0))
    pieces = b""
    with subprocess.Popen(command, stderr=terminal, stdout=subprocess.DEVNULL):
        os.close(terminal)
        try:
            while piece := os.read(controller, 1 << 16):
                pieces += piece
        except OSError:  # the other end is closed
            pass
    os.close(controller)
    return pieces.replace(b"\r\n", b"\n").split(b"\r")[1:]


def test_frames(compiled):
    frames = shown([str(compiled("shown_progress", PROGRAM))], 50)
    up, end = b"\x1b[1A", b"\x1b[K"
    # The beginnings of both, at most one in 100 ms, the ends of both and a word.
    assert 5 <= len(frames) <= 9
    assert frames[0].startswith(b"slow [--")
    assert frames[0].endswith(b"] 0% 0/100000" + end)
    assert len(frames[0].removesuffix(end)) == 49
    assert b"\nquick" not in frames[0]
    assert all(frame.startswith(up + b"slow [") for frame in frames[2:-2])
    assert "✓ quick in 0:00".encode() in frames[-3]
    assert frames[-2].startswith(up + b"a word" + end + b"\nslow [")
    assert frames[-1].startswith(up + "✓ slow: all ".encode())
    assert frames[-1].endswith("\n✓ quick in 0:00".encode() + end + b"\n")
