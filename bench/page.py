"""What the first visit to the reporters' site costs a phone: bytes over the wire, and requests.

Head and body of every answer are counted, compressed as an old phone asks for it. The aim is one
initial TCP window (14,600 bytes), at most three requests, and none of them to anybody else.
"""

import gzip
import json
import re
import socket

from himaya.installation.temporary import Running

LOOPBACK = "127.0.0.1"
ONE_WINDOW = 14_600
MOST_REQUESTS = 3
ASKED_FOR = re.compile(r'<(?:link|script|img|source|iframe)\b[^>]*\b(?:href|src)="([^"]+)"')
END_OF_HEAD = b"\r\n\r\n"


def ask(port: int, path: str) -> tuple[bytes, bytes]:
    """One GET; returns head and body as they came over the wire."""
    asked = (
        f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n"
        "Accept-Language: en\r\nConnection: close\r\n\r\n"
    )
    with socket.create_connection((LOOPBACK, port), timeout=30) as line:
        line.sendall(asked.encode())
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    head, _, body = answer.partition(END_OF_HEAD)
    return head + END_OF_HEAD, body


def main(running: Running, *, as_json: bool) -> int:
    """Measure, print, and end with one line of JSON. Fails when the page is over its budget."""
    port = running.addresses.public_port
    head, body = ask(port, "/")
    page = gzip.decompress(body) if b"content-encoding: gzip" in head.lower() else body
    asked = [path for path in ASKED_FOR.findall(page.decode()) if not path.startswith("data:")]
    foreign = [path for path in asked if not path.startswith("/") or path.startswith("//")]
    sizes = {"/": len(head) + len(body)}
    for path in asked:
        if path not in foreign:
            sizes[path] = sum(len(part) for part in ask(port, path))
    if not as_json:
        for path, size in sizes.items():
            print(f"{size:8} {path}")
        print(f"{sum(sizes.values()):8} in all; the aim is at most {ONE_WINDOW}")
        print(f"{len(foreign):8} requests to others; the aim is none")
    print(json.dumps({"bytes": sum(sizes.values()), "requests": len(sizes) + len(foreign)}))
    within = sum(sizes.values()) <= ONE_WINDOW and len(sizes) <= MOST_REQUESTS
    return 0 if within and not foreign else 1
