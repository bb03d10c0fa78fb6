"""`himaya pack move`: nothing moves while a place is missing, and what a file says is read."""

import shutil
from argparse import ArgumentTypeError, Namespace

import pytest

from himaya.cases.models import Case, TrackState
from himaya.config.env import Environment, environment
from himaya.installation import loading
from himaya.installation.commands.pack import decision
from himaya.installation.failure import Failure
from himaya.installation.work import pack_move, pack_standing
from himaya.packs.editions import FOLDER, code_of
from himaya.packs.errors import PackError
from himaya.packs.loader import current
from tests.factories.fixtures import case, db, opened_case, people, scene
from tests.factories.packs import newer
from tests.factories.roles import as_role

__all__ = ["case", "db", "opened_case", "people", "scene"]

RENAMED = {"pathway.toml": [('"conciliation"', '"mediation"')]}


@pytest.mark.parametrize("written", ["NC-2026/14", "7", "a.1", "2026_3"])
def test_a_decision_has_a_number(written):
    assert decision(written) == written


@pytest.mark.parametrize(
    "written", ["", "because", "of Sara 1", "-1", "1" * 41, "14\n", "قرار ١", "1;2"]
)
def test_a_decision_is_no_sentence_and_names_nobody(written):
    with pytest.raises(ArgumentTypeError):
        decision(written)


def run(**options):
    """The command, with the rights of the worker."""
    known = {"old": current().version, "new": "next", "decision": "NC-1", "states": None}
    with as_role("worker"):
        return pack_move.run(Namespace(**(known | options)))


@pytest.mark.slow
def test_nothing_moves_while_a_place_is_missing_and_each_is_named(case, tmp_path):
    TrackState.objects.filter(case=case, track="labour").update(state="conciliation")
    Case.objects.filter(pk=case.pk).update(solution="stay_forever")

    with newer(tmp_path, RENAMED), pytest.raises(Failure) as failure:
        run()

    assert str(failure.value).splitlines() == [
        "Nothing was moved.",
        '1 open case stands at "labour.conciliation": the new version does not have it; say in '
        "--states where they go.",
        'Persons chose the solution "stay_forever": the new version does not have it; say in '
        "--states where they go.",
    ]
    case.refresh_from_db()
    assert case.pack == code_of(current())


@pytest.mark.slow
def test_a_file_says_where_cases_go_and_the_command_may_be_repeated(case, tmp_path, capsys):
    TrackState.objects.filter(case=case, track="labour").update(state="conciliation")
    said = tmp_path / "states.toml"
    said.write_text('[states]\n"labour.conciliation" = "mediation"\n')

    with newer(tmp_path, RENAMED) as pack:
        assert run(states=said) == 0
        first = capsys.readouterr().out
        assert run(states=said) == 0
        second = capsys.readouterr().out
        case.refresh_from_db()
        assert case.pack == code_of(pack)
        options = Namespace(older=pack)
        assert pack_standing.run(options) == 0
        assert options.standing["labour", "mediation"] == 1

    assert first.splitlines()[-1].startswith("1 open case now goes by")
    assert second.splitlines()[-1].startswith("0 open cases now go by")


@pytest.mark.parametrize(
    "text",
    ["[states", '[states]\nlabour = "mediation"', "states = 1", '"labour.x" = 2\nstates = 3'],
)
def test_a_file_that_says_nothing_clear_is_refused_in_one_line(tmp_path, text):
    said = tmp_path / "states.toml"
    said.write_text(text)

    with pytest.raises(Failure, match="does not say where cases go"):
        pack_move.places(said)
    with pytest.raises(Failure, match="does not say where cases go"):
        pack_move.places(tmp_path / "nothing.toml")


@pytest.mark.slow
def test_a_case_is_not_moved_to_where_it_is(case):
    with pytest.raises(Failure, match="one and the same"):
        run(new=current().version)


@pytest.mark.slow
def test_nothing_starts_without_the_edition_by_which_a_case_goes(case):
    kept = environment().data / FOLDER
    try:
        loading.keep_editions()
        assert [folder.name.split("-")[0] for folder in kept.iterdir()] == [current().id]
        Case.objects.filter(pk=case.pk).update(pack=f"{current().id} lost")
        with pytest.raises(PackError, match="is not kept here"):
            loading.keep_editions()
    finally:
        shutil.rmtree(kept)


@pytest.mark.slow
def test_another_content_under_a_version_that_was_loaded_stops_the_start(db, tmp_path, monkeypatch):
    monkeypatch.setattr(
        loading, "environment", lambda: Environment(tmp_path, environment().pack, demo=True)
    )
    loading.keep_editions()
    changed = tmp_path / "changed"
    shutil.copytree(environment().pack, changed)
    with (changed / "settings.toml").open("a") as file:
        file.write("# another word\n")
    monkeypatch.setattr(loading, "environment", lambda: Environment(tmp_path, changed, demo=True))

    with pytest.raises(PackError, match="was loaded here with other content"):
        loading.keep_editions()
