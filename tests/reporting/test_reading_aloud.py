"""Recorded voices on the reporters' site: there where the pack has a clip, and nowhere else."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client

from himaya.config.languages import REPORTERS
from himaya.packs.voices import LARGEST, PAGES
from himaya.web import voices
from himaya.web.onesize import SIZE
from tests.factories.visitor import Visitor

pytestmark = pytest.mark.django_db
CODES = [code for code, _name in REPORTERS]
SOUND = b"ID3" + bytes(range(256)) * 20
AUDIO = re.compile(r'<audio controls preload="none" src="/v/([^"]+)"></audio>')


@pytest.fixture
def recorded(reporters_site: None, tmp_path: Path, monkeypatch) -> Iterator[Path]:
    """The folder of a pack's voices, empty still."""
    folder = tmp_path / "voice"
    folder.mkdir()
    monkeypatch.setattr(voices, "environment", lambda: SimpleNamespace(pack=tmp_path))
    voices.voices.cache_clear()
    yield folder
    voices.voices.cache_clear()


def heard_on(language: str, path: str) -> list[str]:
    """The clips of a page."""
    return AUDIO.findall(Visitor(language).get(path).response.content.decode())


@pytest.mark.parametrize(("page", "path"), [("first", "/"), ("before", "/0"), ("now", "/9")])
def test_a_page_has_its_clip_in_its_language_and_in_no_other(recorded, page, path):
    (recorded / f"{page}.am.mp3").write_bytes(SOUND)

    (name,) = heard_on("am", path)

    assert re.fullmatch("[0-9a-f]{24}", name)
    assert heard_on("en", path) == []


@pytest.mark.slow
def test_the_receipt_has_its_clip(recorded, intake):
    (recorded / "sent.en.mp3").write_bytes(SOUND)

    page = Visitor().send(story="Words.").response.content.decode()

    assert len(AUDIO.findall(page)) == 1


def test_without_clips_no_page_has_anything_to_play(recorded):
    assert [heard_on("am", path) for path in ("/", "/0", "/9")] == [[], [], []]


def test_a_clip_comes_as_it_was_recorded_under_a_name_that_tells_nothing(recorded):
    (recorded / "now.am.mp3").write_bytes(SOUND)
    (name,) = heard_on("am", "/9")

    answer = Client().get(f"/v/{name}")

    assert (answer.status_code, answer["Content-Type"]) == (200, "audio/mpeg")
    assert answer.content == SOUND
    assert answer["Cache-Control"] == "no-store"
    assert "Content-Disposition" not in answer.headers
    assert not answer.cookies


@pytest.mark.parametrize(
    ("asked", "status", "part", "says"),
    [
        ("bytes=0-1", 206, SOUND[:2], "bytes 0-1/5123"),
        ("bytes=5000-", 206, SOUND[5000:], "bytes 5000-5122/5123"),
        ("bytes=0-99999", 206, SOUND, "bytes 0-5122/5123"),
        ("bytes=9000-", 416, b"", "bytes */5123"),
        ("bytes=-5", 200, SOUND, None),
        ("lines=1-2", 200, SOUND, None),
    ],
)
def test_a_telephone_that_asks_for_parts_gets_parts(recorded, asked, status, part, says):
    (recorded / "now.am.mp3").write_bytes(SOUND)
    (name,) = heard_on("am", "/9")

    answer = Client(headers={"range": asked}).get(f"/v/{name}")

    assert (answer.status_code, answer.content) == (status, part)
    assert answer.headers.get("Content-Range") == says


@pytest.mark.parametrize("name", ["0" * 24, "now", "am", "first-am", "voice"])
def test_what_is_no_clip_is_not_there(recorded, name):
    (recorded / "now.am.mp3").write_bytes(SOUND)

    assert Client().get(f"/v/{name}").status_code == 404
    assert Client().post(f"/v/{name}").status_code == 405


def test_each_language_says_its_own_name_beside_it(recorded):
    for code in CODES:
        (recorded / f"language.{code}.mp3").write_bytes(SOUND + code.encode())

    page = Visitor("ta").get("/").response.content.decode()

    beside = re.findall(r'value="(\w+)" lang="\1"[^>]*>([^<]+)</button>\s*<audio', page)
    assert {code for code, _name in beside} == set(CODES)
    assert dict(beside)["am"] == "አማርኛ"
    assert len(set(AUDIO.findall(page))) == len(CODES)


@pytest.mark.slow
@pytest.mark.parametrize("code", CODES)
def test_with_every_clip_there_the_first_page_still_has_its_size(recorded, code):
    for page in PAGES:
        for each in CODES:
            (recorded / f"{page}.{each}.mp3").write_bytes(SOUND + page.encode() + each.encode())

    client = Client(headers={"accept-encoding": "gzip", "accept-language": code})

    assert len(client.get("/").content) == SIZE
    assert LARGEST <= 20 * 1024
