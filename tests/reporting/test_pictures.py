"""The officer sees a picture of what was sent, drawn in the box; the file stays sealed as is."""

import io
import re
from base64 import b64decode
from contextlib import AbstractContextManager
from hashlib import sha256
from unittest import mock

import pytest
from django.urls import reverse
from PIL import Image

from himaya.reporting.contents import Told
from himaya.reporting.operations.read import read
from himaya.vault.files import File
from himaya.viewing import copies
from tests.factories.moments import NOON
from tests.factories.reports import send
from tests.factories.threats import threat
from tests.viewing import corpus

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.machine("box")]

GOOD = {
    "photo.jpg": ("image/jpeg", corpus.photograph, [(200, 400)]),
    "screen.png": ("image/png", corpus.screen, [(300, 100)]),
    "contract.pdf": ("application/pdf", corpus.contract, [(1200, 1600)] * 2),
}
DRAWN = re.compile(r'src="data:image/jpeg;base64,([^"]+)"')


def shown(intake, name: str, kind: str, content: bytes) -> str:
    """The page that an officer sees who asks for a picture of a file."""
    report = send(Told(language="en", story="Words.", files=(File(name, kind, content),))).report
    opened = read(
        actor=intake.actor, keyring=intake.keyring, report_id=report.pk, at=NOON, reason="day_list"
    )
    asked = reverse("reporting:picture", args=[report.pk, opened.files[0].id])
    return intake.browser().post(asked, {"reason": "day_list"}).content.decode()


def drawn(page: str) -> list[bytes]:
    """The pictures in a page."""
    return [b64decode(found) for found in DRAWN.findall(page)]


def as_it_came() -> AbstractContextManager[object]:
    """No box: what was sent is shown as it is."""
    content = GOOD["photo.jpg"][1]()
    return mock.patch.object(copies, "_read", return_value=copies.Copy((content,)))


@threat("C3", off=as_it_came)
@pytest.mark.parametrize("name", GOOD)
def test_the_officer_sees_the_picture_and_nothing_that_lay_beside_it(intake, name):
    kind, make, sizes = GOOD[name]
    content = make()
    assert corpus.WHERE.encode() in content

    page = shown(intake, name, kind, content)

    pictures = drawn(page)
    assert len(pictures) == len(sizes)
    for picture, size in zip(pictures, sizes, strict=True):
        with Image.open(io.BytesIO(picture)) as image:
            image.load()
            assert image.format == "JPEG"
            assert image.size == size
            assert image.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
            assert not image.getexif()
            assert near(image.getpixel((image.width // 2, image.height // 2)), corpus.RED)
        assert corpus.WHERE.encode() not in picture
    assert sha256(content).hexdigest() in page


def near(pixel: object, colour: tuple[int, int, int]) -> bool:
    """Whether a pixel is of a colour, but for what JPEG makes of it."""
    assert isinstance(pixel, tuple)
    return all(abs(found - wanted) < 16 for found, wanted in zip(pixel, colour, strict=True))


def test_what_cannot_be_drawn_is_said_and_can_be_taken_as_it_came(intake):
    page = shown(intake, "photo.jpg", "image/jpeg", corpus.cut_off())

    assert drawn(page) == []
    assert "could not be drawn" in page
    assert "Take a copy" in page
