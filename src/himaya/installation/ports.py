"""Ports of this machine, on the loopback address only."""

import socket
import time

from himaya.installation.failure import Failure

LOOPBACK = "127.0.0.1"
PATIENCE_SECONDS = 3  # a site of an `up` that was just killed needs a moment to notice


def is_free(port: int) -> bool:
    """True when nothing listens on the port."""
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            line.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def need_free(port: int, option: str) -> None:
    """Refuse a port that somebody uses."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_free(port):
        if time.monotonic() > deadline:
            raise Failure(f"Port {port} is taken by another program. Choose another with {option}.")
        time.sleep(0.1)


def free_ports(count: int) -> list[int]:
    """Ports that nobody uses at this moment."""
    lines = [socket.socket() for _ in range(count)]
    try:
        for line in lines:
            line.bind((LOOPBACK, 0))
        return [line.getsockname()[1] for line in lines]
    finally:
        for line in lines:
            line.close()
