"""`himaya import`: what it prints for people and for scripts, and how it ends."""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path

import pytest

from himaya.installation.commands import imports as command
from himaya.installation.failure import Failure
from himaya.installation.work import imports as work
from himaya.statistics.models import ImportedFile
from tests.factories.published import PERSON, ctdc_file, glotip_file

BAD = PERSON.replace("PH", "XX")


def options(*arguments: str) -> Namespace:
    parser = ArgumentParser()
    command.add(parser)
    return parser.parse_args(arguments)


def run(kind: str, path: Path, *more: str) -> int:
    return work.run(options(kind, str(path), *more))


@pytest.fixture
def persons(tmp_path: Path) -> Path:
    path = tmp_path / "persons.csv"
    path.write_bytes(ctdc_file(PERSON, BAD, PERSON))
    return path


@pytest.mark.django_db
def test_json_has_the_counts_and_every_rejection(
    persons: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("ctdc", persons, "--json") == 0
    first = json.loads(capsys.readouterr().out)
    assert run("ctdc", persons, "--json") == 0
    second = json.loads(capsys.readouterr().out)

    rejections = first.pop("rejections")
    assert first == {"read": 3, "stored": 2, "duplicate": 0, "rejected": 1}
    assert rejections == [{"line": 3, "reason": "citizenship: 'XX' is not a country of ISO 3166-1"}]
    assert second == {
        "read": 3,
        "stored": 0,
        "duplicate": 2,
        "rejected": 1,
        "rejections": rejections,
    }


@pytest.mark.django_db
def test_people_get_a_table_and_the_rejected_lines_beside_it(
    persons: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("ctdc", persons) == 0
    out, err = capsys.readouterr()
    assert [line.split() for line in out.splitlines()] == [
        ["read", "3"],
        ["stored", "2"],
        ["duplicate", "0"],
        ["rejected", "1"],
    ]
    assert "line 3: citizenship: 'XX' is not a country" in err


@pytest.mark.django_db
def test_a_file_without_a_good_line_ends_with_an_error(tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(ctdc_file(BAD))
    assert run("ctdc", path, "--json") == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "content", "sentence"),
    [
        ("ctdc", b"", "The file holds no row."),
        ("ctdc", ctdc_file().replace(b",", b";"), "not separated by commas"),
        ("ctdc", ctdc_file().decode().encode("utf-16"), "not written in UTF-8"),
        ("ctdc", glotip_file(), "not a header that Himaya knows"),
        ("glotip", ctdc_file(), "not a header that Himaya knows"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence_and_leaves_nothing(
    tmp_path: Path, kind: str, content: bytes, sentence: str
) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)

    with pytest.raises(Failure, match=sentence) as failure:
        run(kind, path)

    assert "\n" not in str(failure.value)
    assert str(path) in str(failure.value)
    assert not ImportedFile.objects.exists()


def test_a_directory_or_a_missing_file_is_refused_before_anything_starts(tmp_path: Path) -> None:
    with pytest.raises(Failure, match="is a directory"):
        command.check_file(tmp_path)
    with pytest.raises(Failure, match="There is no file"):
        command.check_file(tmp_path / "missing.csv")
    with pytest.raises(Failure, match="cannot be read"):
        command.check_file(tmp_path / ("x" * 300))


def test_a_file_that_may_not_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_arguments: object, **_more: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", forbidden)
    with pytest.raises(Failure, match="may not be read by this user"):
        command.check_file(tmp_path / "file.csv")
