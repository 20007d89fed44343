"""Models of the runtime's functions on sockets: real ones, known by their numbers."""

import errno
import os
import select
import socket
from collections.abc import Callable

from dialects.interpreters.machine import Machine, Model
from dialects.interpreters.values import Vec
from dialects.qz.types import si64, string

FAILED = -1
AGAIN = -2
NANOSECONDS_PER_MILLISECOND = 1_000_000
WAITS = frozenset((errno.EAGAIN, errno.EINTR))


def numbered(machine: Machine, action: Callable[[], int]) -> int:
    """Gives what an action gives, or the number that says that it failed or would have to wait."""
    try:
        return action()
    except OSError as error:
        machine.host.net_reason = (error.strerror or "").encode()
        return AGAIN if error.errno in WAITS else FAILED


def keep(machine: Machine, made: socket.socket) -> int:
    """Enters a socket; gives its number."""
    made.setblocking(False)
    machine.host.sockets[made.fileno()] = made
    return made.fileno()


def listen(machine: Machine, host: bytes, port: int, backlog: int) -> int:
    def action() -> int:
        address = (host.decode(), port)
        return keep(machine, socket.create_server(address, backlog=backlog))

    return numbered(machine, action)


def connect(machine: Machine, host: bytes, port: int) -> int:
    """Tries one address after the other, as far as an answer comes at once."""

    def action() -> int:
        failure = OSError(errno.EADDRNOTAVAIL, os.strerror(errno.EADDRNOTAVAIL))
        for family, kind, protocol, _, address in socket.getaddrinfo(
            host.decode(), port, type=socket.SOCK_STREAM
        ):
            made = socket.socket(family, kind, protocol)
            made.setblocking(False)
            code = made.connect_ex(address)
            if code in (0, errno.EINPROGRESS):
                return keep(machine, made)
            made.close()
            failure = OSError(code, os.strerror(code))
        raise failure

    return numbered(machine, action)


def accept(machine: Machine, listener: int) -> int:
    return numbered(machine, lambda: keep(machine, machine.host.sockets[listener].accept()[0]))


def pair(machine: Machine) -> Vec:
    return Vec(si64, [keep(machine, made) for made in socket.socketpair()])


def never_wait(machine: Machine, number: int) -> int:
    return numbered(machine, lambda: machine.host.sockets[number].setblocking(False) or 0)


def receive(machine: Machine, number: int, into: bytearray, n: int) -> int:
    def action() -> int:
        data = machine.host.sockets[number].recv(n)
        into.extend(data)
        return len(data)

    return numbered(machine, action)


def send(machine: Machine, number: int, data: bytes, start: int) -> int:
    return numbered(machine, lambda: machine.host.sockets[number].send(data[start:]))


def end_sending(machine: Machine, number: int) -> None:
    numbered(machine, lambda: machine.host.sockets[number].shutdown(socket.SHUT_WR) or 0)


def end_receiving(machine: Machine, number: int) -> None:
    numbered(machine, lambda: machine.host.sockets[number].shutdown(socket.SHUT_RD) or 0)


def datagram_socket(machine: Machine, host: bytes, port: int) -> int:
    def action() -> int:
        name, flags = host.decode() or None, socket.AI_PASSIVE
        found = socket.getaddrinfo(name, port, type=socket.SOCK_DGRAM, flags=flags)
        family, kind, protocol, _, address = found[0]
        made = socket.socket(family, kind, protocol)
        made.bind(address)
        return keep(machine, made)

    return numbered(machine, action)


def send_to(machine: Machine, number: int, data: bytes, host: bytes, port: int) -> int:
    def action() -> int:
        sending = machine.host.sockets[number]
        found = socket.getaddrinfo(host.decode(), port, sending.family, socket.SOCK_DGRAM)
        return sending.sendto(data, found[0][4])

    return numbered(machine, action)


def receive_from(machine: Machine, number: int, into: bytearray) -> int:
    def action() -> int:
        data, address = machine.host.sockets[number].recvfrom(1 << 16)
        machine.host.net_sender = (address[0].encode(), address[1])
        into.extend(data)
        return len(data)

    return numbered(machine, action)


def sender_host(machine: Machine) -> bytes:
    return machine.host.net_sender[0]


def sender_port(machine: Machine) -> int:
    return machine.host.net_sender[1]


def hosts(machine: Machine, name: bytes) -> Vec:
    try:
        found = socket.getaddrinfo(name.decode(), 0, type=socket.SOCK_STREAM)
    except OSError as error:
        machine.host.net_reason = (error.strerror or "").encode()
        return Vec(string, [])
    return Vec(string, [str(address[0]).encode() for *_, address in found])


def close(machine: Machine, number: int) -> None:
    machine.host.watched.pop(number, None)
    machine.host.sockets.pop(number).close()


def error_of(machine: Machine, number: int) -> int:
    code = machine.host.sockets[number].getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    machine.host.net_reason = os.strerror(code).encode()
    return code


def port(machine: Machine, number: int) -> int:
    return machine.host.sockets[number].getsockname()[1]


def reason(machine: Machine) -> bytes:
    return machine.host.net_reason


def watch(machine: Machine, number: int, wanted: int) -> None:
    machine.host.watched[number] = wanted


def wait(machine: Machine, nanoseconds: int) -> Vec:
    """What is told of a socket is told once.

    Sockets need real time; where none of them has news, the program's own passes with it.
    """
    watched = machine.host.watched
    poll = select.poll()
    for number, wanted in watched.items():
        poll.register(number, wanted)
    milliseconds = None if nanoseconds < 0 else -(-nanoseconds // NANOSECONDS_PER_MILLISECOND)
    found: list[int] = []
    for number, events in poll.poll(milliseconds):
        del watched[number]
        found += (number, events)
    if not found:
        machine.host.slept += max(nanoseconds, 0)
    return Vec(si64, found)


MODELS: dict[str, Model] = {
    "rt.net$listen": listen,
    "rt.net$connect": connect,
    "rt.net$accept": accept,
    "rt.net$pair": pair,
    "rt.net$never_wait": never_wait,
    "rt.net$receive": receive,
    "rt.net$send": send,
    "rt.net$end_sending": end_sending,
    "rt.net$end_receiving": end_receiving,
    "rt.net$datagram_socket": datagram_socket,
    "rt.net$send_to": send_to,
    "rt.net$receive_from": receive_from,
    "rt.net$sender_host": sender_host,
    "rt.net$sender_port": sender_port,
    "rt.net$hosts": hosts,
    "rt.net$close": close,
    "rt.net$error_of": error_of,
    "rt.net$port": port,
    "rt.net$reason": reason,
    "rt.net$watch": watch,
    "rt.net$wait": wait,
}
