"""Making every page of the reporters' site equally long, so that a watcher of the network cannot
tell a person who writes from a person who looks."""

import re
import struct
import zlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

SIZE = 8_192
PLAIN_SIZE = 4 * SIZE
TAKES_GZIP = re.compile(r"\bgzip\b")
# Magic, deflate, "a file name follows", no time, slowest and best, unknown system (RFC 1952).
HEAD = b"\x1f\x8b\x08\x08\x00\x00\x00\x00\x02\xff"
BEST = 9


def gzipped(content: bytes, size: int) -> bytes:
    """The content as a gzip file whose length is a multiple of size.

    The file name in the head fills the gap; no browser shows or keeps it.
    """
    packer = zlib.compressobj(BEST, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = packer.compress(content) + packer.flush()
    tail = struct.pack("<LL", zlib.crc32(content), len(content) & 0xFFFFFFFF)
    gap = -(len(HEAD) + 1 + len(body) + len(tail)) % size
    return HEAD + b"x" * gap + b"\x00" + body + tail


class OneSize:
    """Middleware: compress each HTML answer where the browser can, and fill it up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if response.streaming or not is_page or response.has_header("Content-Encoding"):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if TAKES_GZIP.search(request.headers.get("Accept-Encoding", "")):
            response.content = gzipped(response.content, SIZE)
            response.headers["Content-Encoding"] = "gzip"
        else:
            response.content += b"\n" * (-len(response.content) % PLAIN_SIZE)
        response.headers["Content-Length"] = str(len(response.content))
        return response
