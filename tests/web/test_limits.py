"""What no browser of ours sends is turned away before the application reads it."""

from contextlib import contextmanager
from unittest import mock

import pytest

from himaya.web import limits
from himaya.web.limits import LARGEST_HEADERS, LONGEST_ADDRESS, MOST_HEADERS, Limits
from tests.factories.threats import threat

MEGABYTE = 1024 * 1024


class Site:
    """An application behind the limits; notes whether a request reached it."""

    def __init__(self):
        self.reached = False

    def __call__(self, environ, start_response):
        self.reached = True
        start_response("200 OK", [])
        return [b"here"]


def ask(**environ):
    """Status, headers, and whether the application saw the request."""
    site, answer = Site(), {}

    def start_response(status, headers):
        answer.update(status=int(status[:3]), headers=dict(headers))

    body = b"".join(Limits(site)({"REQUEST_METHOD": "GET", **environ}, start_response))
    return answer["status"], answer["headers"], body, site.reached


FOREIGN = [
    ({"REQUEST_METHOD": "PUT"}, 405),
    ({"REQUEST_METHOD": "TRACE"}, 405),
    ({"PATH_INFO": "/" + "x" * LONGEST_ADDRESS}, 414),
    ({"PATH_INFO": "/", "QUERY_STRING": "x" * LONGEST_ADDRESS}, 414),
    ({f"HTTP_X_{number}": "1" for number in range(MOST_HEADERS + 1)}, 431),
    ({"HTTP_COOKIE": "x" * LARGEST_HEADERS}, 431),
    ({"REQUEST_METHOD": "POST", "CONTENT_LENGTH": str(65 * MEGABYTE)}, 413),
    ({"REQUEST_METHOD": "POST", "CONTENT_LENGTH": "-5"}, 400),
    ({"REQUEST_METHOD": "POST", "CONTENT_LENGTH": "١٢"}, 400),
    ({"REQUEST_METHOD": "POST", "HTTP_TRANSFER_ENCODING": "chunked"}, 411),
]
OURS = [
    {},
    {"REQUEST_METHOD": "HEAD"},
    {"PATH_INFO": "/" + "x" * 1000},
    {"REQUEST_METHOD": "POST", "CONTENT_LENGTH": str(3 * MEGABYTE)},
    {"REQUEST_METHOD": "POST"},
]


@contextmanager
def no_limits():
    with mock.patch.object(limits, "refusal", return_value=None):
        yield


@threat("C5", off=no_limits)
@pytest.mark.parametrize(("environ", "status"), FOREIGN)
def test_a_foreign_request_never_reaches_the_application(environ, status):
    answered, headers, body, reached = ask(**environ)

    assert (answered, reached) == (status, False)
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["Content-Length"] == str(len(body))


@pytest.mark.parametrize("environ", OURS)
def test_what_our_pages_send_passes(environ):
    status, _headers, _body, reached = ask(**environ)

    assert (status, reached) == (200, True)
