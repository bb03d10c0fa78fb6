"""The command `himaya pack`: what it prints, and when it refuses."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from himaya.installation.commands import pack as command
from himaya.installation.failure import Failure
from himaya.packs.schema import Pack
from tests.factories.countries import PACKS
from tests.packs.conftest import ATLANTIS, Changed


def run(*arguments: str | Path) -> int:
    parser = ArgumentParser()
    command.add(parser)
    nowhere = Namespace(data=Path(__file__).parent / "no installation")  # as `main` gives it
    return command.run(parser.parse_args([str(argument) for argument in arguments], nowhere))


def test_a_valid_pack_is_counted(atlantis: Pack, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", ATLANTIS) == 0

    states = sum(len(track.states) for track in atlantis.tracks)
    assert capsys.readouterr().out == (
        f"{ATLANTIS}: valid. 10 tracks, {states} states, {len(atlantis.steps)} steps, 4 agencies, "
        f"{len(atlantis.desks)} desks, {len(atlantis.instruments)} instruments.\n"
    )


@pytest.mark.slow  # reads each pack anew
@pytest.mark.parametrize("folder", PACKS, ids=lambda folder: folder.name)
def test_the_delivered_packs_are_valid(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", folder) == 0
    assert ": valid. " in capsys.readouterr().out


def test_faults_are_printed_one_a_line_and_the_command_fails(
    changed: Changed, capsys: pytest.CaptureFixture[str]
) -> None:
    changed("law.toml", "amount = 2", "amount = 0")
    path = changed("pathway.toml", 'to = "lost"', 'to = "safe"')

    assert run("check", path) == 1
    lost = (path / "pathway.toml").read_text("utf-8").split('{ id = "lost"')[0].count("\n") + 1
    assert capsys.readouterr().out.splitlines() == [
        f"{path}/law.toml:9: a time limit of 0 is none",
        f'{path}/pathway.toml:{lost}: state "lost" cannot be reached from the start of its track',
    ]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_pack_is_drawn_into_a_file(tmp_path: Path, language: str) -> None:
    picture = tmp_path / "pathway.svg"

    assert run("draw", ATLANTIS, "-o", picture, "--language", language) == 0
    assert ET.parse(picture).getroot().attrib["lang"] == language


def test_a_broken_pack_is_not_drawn(changed: Changed, tmp_path: Path) -> None:
    path = changed("pathway.toml", 'to = "lost"', 'to = "safe"')

    assert run("draw", path, "-o", tmp_path / "pathway.svg") == 1
    assert not (tmp_path / "pathway.svg").exists()


def test_a_file_that_cannot_be_written_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(Failure, match=r"nowhere/x\.svg cannot be written: No such file"):
        run("draw", ATLANTIS, "-o", tmp_path / "nowhere" / "x.svg")


def test_two_versions_are_compared(changed: Changed, capsys: pytest.CaptureFixture[str]) -> None:
    path = changed("pack.toml", 'version = "7"', 'version = "8"')

    assert run("diff", ATLANTIS, path) == 0
    assert run("diff", ATLANTIS, ATLANTIS) == 0
    assert capsys.readouterr().out.splitlines() == [
        "The pack: version was 7 and is now 8.",
        "Nothing changes.",
    ]


def test_a_comparison_with_a_broken_pack_lists_its_faults(
    changed: Changed, capsys: pytest.CaptureFixture[str]
) -> None:
    path = changed("law.toml", "amount = 2", "amount = 0")

    assert run("diff", ATLANTIS, path) == 1
    assert "a time limit of 0 is none" in capsys.readouterr().out


def test_a_pack_is_described_into_a_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = tmp_path / "pathway.md"
    run("describe", ATLANTIS)
    document.write_text(f"Words.\n\n{capsys.readouterr().out}", encoding="utf-8")

    assert run("describe", ATLANTIS, "--into", document) == 0
    assert document.read_text(encoding="utf-8").startswith("Words.\n\n<!-- generated")


@pytest.mark.parametrize("text", ["no marks", None])
def test_a_document_that_cannot_be_renewed_is_said_in_one_sentence(
    tmp_path: Path, text: str | None
) -> None:
    document = tmp_path / "pathway.md"
    if text:
        document.write_text(text)

    with pytest.raises(Failure, match="cannot be renewed"):
        run("describe", ATLANTIS, "--into", document)
