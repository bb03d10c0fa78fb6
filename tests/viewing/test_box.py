"""The box holds whatever is put into it: a network, files, memory, time and output it has not."""

import io
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

import pytest
from PIL import Image

from himaya.viewing import box, copies
from himaya.viewing.copies import Copy, Why, viewing_copy
from tests.factories.threats import threat
from tests.viewing import corpus

pytestmark = [pytest.mark.slow, pytest.mark.machine("box")]

IN_THE_BOX = "import sys; sys.path.insert(0, '/box'); from himaya.viewing.inside import limit; "
CONNECT = "import socket; socket.create_connection(('127.0.0.1', {port}), 2)"
READ = "print(open({path!r}).read())"


@contextmanager
def walls_with(*let_in: str) -> Iterator[None]:
    """The box with a hole in it."""
    holed = [*box.walls()[:-1], *let_in, "--"]
    with mock.patch.object(box, "walls", return_value=holed):
        yield


@contextmanager
def as_it_came() -> Iterator[None]:
    """No box: what was sent is shown as it is."""
    with mock.patch.object(copies, "_read", return_value=Copy((corpus.photograph(),))):
        yield


def outcome(code: str) -> bytes | str:
    """What a program writes in the box, or that it came to nothing."""
    try:
        return box.run("", b"", code=code)
    except box.Failed:
        return "failed"


@threat("C3", off=lambda: walls_with("--share-net"))
def test_nothing_in_the_box_reaches_a_network():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        assert outcome(CONNECT.format(port=listening.getsockname()[1])) == "failed"


@threat("C3", off=lambda: walls_with("--ro-bind", "/tmp", "/tmp"))
def test_nothing_in_the_box_reads_a_file_of_the_machine(tmp_path):
    secret = tmp_path / "canary"
    secret.write_text("canary")

    assert outcome(READ.format(path=str(secret))) == "failed"


def test_the_box_itself_works():
    assert outcome("print('drawn')") == b"drawn\n"


@pytest.mark.parametrize(
    "greedy",
    [
        "bytearray(2 * 1024**3)",
        "sys.stdout.buffer.write(bytes(64 * 1024**2))",
    ],
)
def test_more_memory_or_output_than_allowed_ends_the_box(greedy):
    assert outcome(f"{IN_THE_BOX}limit(); {greedy}") == "failed"
    if "write" not in greedy:
        assert outcome(IN_THE_BOX + greedy) != "failed"  # the limit is what ended it


def test_a_box_that_takes_too_long_is_gone_and_the_site_goes_on(monkeypatch):
    monkeypatch.setattr(box, "SECONDS", 1)
    began = time.monotonic()

    assert outcome("import time; time.sleep(60)") == "failed"
    assert time.monotonic() - began < 20


@threat("C3", off=as_it_came)
def test_a_photograph_is_drawn_upright_without_the_place_where_it_was_taken():
    (page,) = viewing_copy(corpus.photograph()).pages

    with Image.open(io.BytesIO(page)) as image:
        assert image.size == (200, 400)
        assert not image.getexif()
    assert corpus.WHERE.encode() not in page


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (corpus.hundred_megapixels, Why.TOO_LARGE),
        (corpus.bomb, Why.NO_KIND),
        (corpus.nested, Why.NO_KIND),
        (corpus.climbing, Why.NO_KIND),
        (corpus.macro, Why.NO_KIND),
        (corpus.drawing, Why.NO_KIND),
        (corpus.cut_off, Why.UNREADABLE),
    ],
)
def test_what_does_harm_is_never_drawn(make, why):
    assert viewing_copy(make()) == Copy(why=why)


def test_a_picture_that_lies_about_its_size_ends_within_the_limits():
    copy = viewing_copy(corpus.lying_picture())

    assert copy.why is Why.UNREADABLE or all(len(page) < 10_000 for page in copy.pages)


def test_of_a_file_that_is_three_things_only_the_picture_is_shown():
    (page,) = viewing_copy(corpus.polyglot()).pages

    assert b"canary" not in page
    assert b"PK\x03\x04" not in page


def test_the_first_pages_of_a_paper_are_drawn_and_the_others_counted():
    copy = viewing_copy(corpus.paper(8))

    assert (len(copy.pages), copy.more) == (5, 3)


def test_a_page_without_measure_stays_within_the_limits():
    copy = viewing_copy(corpus.endless_paper())

    assert copy.why is Why.UNREADABLE or len(copy.pages) == 1
