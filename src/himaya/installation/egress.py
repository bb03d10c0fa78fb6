"""What a serving process may reach: its database, and nothing it was not told of.

Whoever makes the program run something foreign still gets no words out over the network: Python
asks this hook before every connection and every look-up of a name, and no code can take an audit
hook away again. libpq connects to the database below Python and is not asked.
"""

import ipaddress
import socket
import sys
from collections.abc import Iterable
from urllib.parse import urlsplit

Address = tuple[str, int]
REACHING = {"socket.connect", "socket.sendto", "socket.sendmsg"}
LOOKING_UP = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}


class NotOnTheList(PermissionError):
    """This process has no business with that address. The message does not repeat it."""

    def __init__(self) -> None:
        super().__init__("this process may not reach that address")


def address_of(url: str) -> Address:
    """Host and port of an address that a process is told of. Raises ValueError without a host."""
    parts = urlsplit(url)
    if parts.hostname is None:
        raise ValueError(url)
    return parts.hostname, parts.port or {"https": 443, "smtp": 25, "smtps": 465}.get(
        parts.scheme, 80
    )


def allow_only(addresses: Iterable[Address]) -> None:
    """From now on, and until this process ends, only these hosts and ports can be reached.

    A host that is a name may be looked up; connections to what it was found to be are let through.
    """
    listed = frozenset(addresses)
    names = {host for host, _port in listed}
    ports = {port for host, port in listed if not _is_number(host)}

    def ask(event: str, arguments: tuple[object, ...]) -> None:
        if event in LOOKING_UP:
            host = _text(arguments[0])
            if host not in names and not _is_number(host):
                raise NotOnTheList
        elif event in REACHING and not _is_listed(arguments, listed, ports):
            raise NotOnTheList

    sys.addaudithook(ask)


def _is_listed(arguments: tuple[object, ...], listed: frozenset[Address], ports: set[int]) -> bool:
    line, address = arguments[0], arguments[1]
    if isinstance(line, socket.socket) and line.family == socket.AF_UNIX:
        return True
    if not isinstance(address, tuple):
        return address is None  # sendmsg on a line that was let through when it connected
    host, port = _text(address[0]), address[1]
    return (host, port) in listed or port in ports


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _text(host: object) -> str:
    return host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "")
