"""What a file is called does not count; what it is decides whether it is drawn at all."""

import pytest

from himaya.viewing import box, copies
from himaya.viewing.copies import Copy, Why, viewing_copy
from himaya.viewing.kinds import Kind, kind_of


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"\xff\xd8\xff\xe0", Kind.PICTURE),
        (b"RIFF\0\0\0\0WEBPVP8 ", Kind.PICTURE),
        (b"RIFF\0\0\0\0WAVEfmt ", Kind.SOUND),
        (b"\0\0\0\x20ftypM4A ", Kind.SOUND),
        (b"\0\0\0\x20ftypqt  ", Kind.OTHER),
        (b"%PDF-1.7", Kind.PAPER),
        (b" %PDF-1.7", Kind.OTHER),
        (b"PK\x03\x04", Kind.OTHER),
        (b"<svg xmlns=", Kind.OTHER),
        (b"\x7fELF", Kind.OTHER),
        (b"", Kind.OTHER),
    ],
)
def test_a_file_is_what_its_first_bytes_say(start, kind):
    assert kind_of(start) is kind


@pytest.mark.parametrize(("start", "why"), [(b"PK\x03\x04", Why.NO_KIND), (b"OggS", Why.SOUND)])
def test_what_is_no_picture_never_reaches_the_box(monkeypatch, start, why):
    monkeypatch.setattr(box, "run", lambda *_given: pytest.fail("reached the box"))

    assert viewing_copy(start) == Copy(why=why)


def test_without_a_box_nothing_is_drawn_anywhere_else(monkeypatch):
    monkeypatch.setattr(box, "PROGRAM", "no-such-program")

    assert viewing_copy(b"\xff\xd8\xff") == Copy(why=Why.NO_BOX)


@pytest.mark.parametrize(
    "written",
    [b"", b"\0\0\0\1", b"\0\0\0\1\0\0\0\5<svg>", b"\0\0\0\1\xff\xff\xff\xff\0", b"\0\0\0\1\0\0"],
)
def test_what_a_box_writes_that_was_taken_over_is_not_believed(monkeypatch, written):
    monkeypatch.setattr(box, "run", lambda *_given: written)

    assert viewing_copy(b"%PDF-") == Copy(why=Why.UNREADABLE)


def test_when_all_boxes_are_busy_the_officer_is_told_so(monkeypatch):
    monkeypatch.setattr(copies, "PATIENCE", 0.01)
    taken = [copies._free.acquire() for _box in range(copies.AT_ONCE)]
    try:
        assert viewing_copy(b"\xff\xd8\xff").why is Why.BUSY
    finally:
        for _box in taken:
            copies._free.release()
