"""Answering with a part of a file: some telephones play no sound that does not come in parts."""

import re
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

ONE_PART = re.compile(r"bytes=(\d+)-(\d*)")


def in_parts(request: HttpRequest, content: bytes, kind: str) -> HttpResponse:
    """The file, or the one part that was asked for (RFC 9110, section 14).

    What cannot be understood is answered with the whole file, as the standard allows.
    """
    found = ONE_PART.fullmatch(request.headers.get("Range", ""))
    first = int(found[1]) if found else 0
    last = min(int(found[2] or len(content)), len(content) - 1) if found else len(content) - 1
    response = HttpResponse(content[first : last + 1], content_type=kind)
    response.headers["Accept-Ranges"] = "bytes"
    if found and first > last:
        response.status_code = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
        response.headers["Content-Range"] = f"bytes */{len(content)}"
    elif found:
        response.status_code = HTTPStatus.PARTIAL_CONTENT
        response.headers["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
    return response
