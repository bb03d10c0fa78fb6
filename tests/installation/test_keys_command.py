"""`himaya keys list | rotate | sign`, as an operator and the registrar use them."""

import json
from argparse import Namespace

import pytest

from himaya.installation.chores import keys as keys_chores
from himaya.installation.failure import Failure
from himaya.installation.work import keys
from himaya.vault.models import DeskEpoch
from himaya.vault.queries import key_of_desk
from tests.factories import desk_of, offices
from tests.factories.roles import as_role

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def desk():
    return offices.desk(code="pam_casework")


def run(what, **options):
    with as_role("owner"):
        return keys.run(Namespace(**{"what": what, "registrar": None, "json": False} | options))


def test_the_list_says_who_holds_what_and_what_waits(desk, capsys):
    colleague, leaver = desk_of.seat(desk), desk_of.seat(desk)
    newcomer = desk_of.newcomer(desk)
    desk_of.send_away(leaver, desk_of.personnel())

    assert run("list", json=True) == 0

    listed = json.loads(capsys.readouterr().out)
    (found,) = (one for one in listed["desks"] if one["desk"] == "pam_casework")
    assert found == {
        "desk": "pam_casework",
        "epochs": [
            {"number": 1, "state": "in force"},
            {"number": 2, "state": "waits for the registrar"},
        ],
        "members": [colleague.officer.username],
        "not_admitted": [newcomer.officer.username],
    }
    assert listed["recovery_key"] is None
    run("list")
    assert "key 2: waits for the registrar" in capsys.readouterr().out


def test_a_planted_proposal_is_named_as_such(desk, capsys):
    DeskEpoch.objects.create(desk=desk, number=2, public_key="age1planted", mac=bytes(32))

    run("list")

    assert "key 2: not confirmed" in capsys.readouterr().out


def test_rotating_with_the_registrars_key_puts_a_new_one_in_force(desk):
    desk_of.seat(desk)

    assert run("rotate", desk="pam_casework", all=False) == 0

    assert key_of_desk(desk.pk).number == 2


def test_without_it_the_proposal_waits_and_the_exit_says_so(desk, monkeypatch, capsys):
    desk_of.seat(desk)
    monkeypatch.setattr(keys, "registrar_key", lambda _file: None)

    assert run("rotate", desk=None, all=True) == 1

    assert "waits for the registrar" in capsys.readouterr().out
    assert key_of_desk(desk.pk).number == 1
    monkeypatch.undo()
    assert run("sign") == 0
    assert key_of_desk(desk.pk).number == 2


def test_an_unknown_desk_is_refused(desk):
    with pytest.raises(Failure, match="no desk nowhere"):
        run("rotate", desk="nowhere", all=False)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("11" * 32, "another registrar"),
        ("no key at all", "no private key"),
    ],
)
def test_a_file_that_is_not_the_registrars_is_refused(desk, tmp_path, content, said):
    file = tmp_path / "registrar"
    file.write_text(content)

    with pytest.raises(Failure, match=said):
        run("sign", registrar=file)


def test_in_a_demonstration_the_worker_signs(desk):
    leaver = desk_of.seat(desk)
    desk_of.seat(desk)
    desk_of.send_away(leaver, desk_of.personnel())

    with as_role("worker"):
        keys_chores.sign_desk_keys()

    assert key_of_desk(desk.pk).number == 2


def test_in_a_country_it_does_not_even_where_the_file_was_left(desk, monkeypatch):
    desk_of.seat(desk)
    desk_of.send_away(desk_of.seat(desk), desk_of.personnel())
    country = Namespace(demo=False)
    monkeypatch.setattr(keys_chores, "environment", lambda: country)

    with as_role("worker"):
        keys_chores.sign_desk_keys()

    assert key_of_desk(desk.pk).number == 1
