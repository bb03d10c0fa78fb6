"""Recorded voices: only where the pack has a clip, small, under a name that tells nothing."""

from pathlib import Path

import pytest

from himaya.packs.voices import LARGEST, clips, faults_of_voices, name_of

SOUND = b"ID3" + bytes(100)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "voice").mkdir()
    return tmp_path


def test_a_clip_is_found_by_page_and_language(folder):
    path = folder / "voice" / "now.am.mp3"
    path.write_bytes(SOUND)

    assert clips(folder) == {("now", "am"): path}
    assert list(faults_of_voices(folder)) == []
    assert "now" not in name_of(path)
    assert "am" not in name_of(path).split("-")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("now.xx.mp3", SOUND, "a clip is called"),
        ("nothing.am.mp3", SOUND, "a clip is called"),
        ("now.am.wav", SOUND, "a clip is called"),
        ("now.am.mp3", SOUND + bytes(LARGEST), "at most"),
        ("now.am.mp3", b"<html>", "no MP3"),
    ],
)
def test_what_is_no_clip_is_refused(folder, name, content, reason):
    (folder / "voice" / name).write_bytes(content)

    (fault,) = faults_of_voices(folder)

    assert reason in fault.reason


def test_without_a_folder_there_is_none(tmp_path):
    assert clips(tmp_path) == {}
    assert list(faults_of_voices(tmp_path)) == []
