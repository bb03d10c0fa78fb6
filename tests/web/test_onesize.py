"""Every page of the reporters' site has one length on the wire."""

import gzip
from random import Random

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from himaya.web.onesize import PLAIN_SIZE, SIZE, OneSize, gzipped


def served(content: bytes, accepted: str = "gzip", kind: str = "text/html; charset=utf-8"):
    request = RequestFactory().get("/", headers={"accept-encoding": accepted})
    return OneSize(lambda _: HttpResponse(content, content_type=kind))(request)


@pytest.mark.parametrize("length", [0, 1, 100, 5_000, 7_000])
def test_what_does_not_compress_has_the_same_length_too(length):
    content = Random(length).randbytes(length)

    packed = gzipped(content, SIZE)

    assert len(packed) == SIZE
    assert gzip.decompress(packed) == content


def test_a_longer_page_goes_up_to_the_next_size():
    content = Random(1).randbytes(SIZE)

    assert len(gzipped(content, SIZE)) == 2 * SIZE
    assert gzip.decompress(gzipped(content, SIZE)) == content


def test_a_page_says_its_length_and_how_it_is_packed():
    page = served("<p>حماية</p>".encode())

    assert page.headers["Content-Encoding"] == "gzip"
    assert int(page.headers["Content-Length"]) == len(page.content) == SIZE
    assert page.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(page.content).decode() == "<p>حماية</p>"


def test_where_the_browser_cannot_unpack_the_page_is_filled_up_plainly():
    page = served(b"<p>words</p>", accepted="identity")

    assert "Content-Encoding" not in page.headers
    assert len(page.content) == PLAIN_SIZE
    assert page.content.strip() == b"<p>words</p>"


def test_what_is_not_a_page_stays_as_it_is():
    assert served(b"ok", kind="text/plain").content == b"ok"


@pytest.mark.django_db
def test_the_first_page_the_next_page_and_a_page_that_is_not_there_look_alike(reporters_site):
    client = Client(headers={"accept-encoding": "gzip"})

    sizes = {path: len(client.get(path).content) for path in ("/", "/1", "/5", "/9", "/nothing")}

    assert set(sizes.values()) == {SIZE}


@pytest.mark.django_db
def test_without_it_the_pages_differ(reporters_site, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "onesize" not in name]
    client = Client(headers={"accept-encoding": "gzip"})

    assert len({len(client.get(path).content) for path in ("/", "/1", "/5")}) > 1
