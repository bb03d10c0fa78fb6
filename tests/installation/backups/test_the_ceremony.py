"""The ceremony and the recovery, as a person types them. The last file: it changes the keys."""

import pytest

from tests.installation.backups.conftest import ask
from tests.installation.commands import himaya

pytestmark = [pytest.mark.slow, pytest.mark.journey]
DESK = "pnc_intake"


def test_a_new_ceremony_and_a_desk_that_nobody_can_open(country, tmp_path):
    ((before,),) = ask(country.place, "SELECT count(*) FROM vault_recoverywrap")
    bodies = ["--body=pnc", "--body=pp", "--open-with=2"]

    refused = himaya(country.place, "keys", "ceremony", *bodies, f"--into={tmp_path / 'not'}")
    assert (refused.returncode, "use a terminal" in refused.stderr) == (1, True)
    held = himaya(
        country.place, "keys", "ceremony", *bodies, f"--into={tmp_path / 'new'}", *country.shares
    )
    assert held.returncode == 0, held.stderr
    assert "Recovery key 2 is in force. Any 2 of 2 shares open it: 1 choices" in held.stdout
    assert f"It opens {before} keys of desks." in held.stdout
    assert before > 5

    officer = taken_away(country.place)
    new = [f"--share={paper}" for paper in sorted((tmp_path / "new").iterdir())]
    old = himaya(country.place, "keys", "recover", DESK, f"--officer={officer}", *country.shares)
    assert old.returncode == 1
    assert "open a recovery key that is not in force" in old.stderr
    done = himaya(country.place, "keys", "recover", DESK, f"--officer={officer}", *new)

    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{officer} was given 1 keys of {DESK}. The ledger says so.\n"


@pytest.mark.parametrize(
    ("bodies", "sentence"),
    [
        (["--body=nobody", "--body=pp"], "No agency of the pack has the code nobody"),
        (["--body=pp", "--body=pp"], "name none of them twice"),
    ],
)
def test_bodies_are_different_ones_of_the_pack(country, tmp_path, bodies, sentence):
    refused = himaya(
        country.place, "keys", "ceremony", "--open-with=2", *bodies, f"--into={tmp_path / 'x'}"
    )

    assert (refused.returncode, sentence in refused.stderr) == (1, True)
    assert not (tmp_path / "x").exists()


def taken_away(place):
    """The user name of an officer of the desk, who has lost its keys."""
    (officer, *_others) = ask(
        place,
        "DELETE FROM vault_memberwrap WHERE officer_id = (SELECT m.officer_id"
        " FROM accounts_membership m JOIN agencies_desk d ON d.id = m.desk_id"
        f" WHERE d.code = '{DESK}' LIMIT 1) RETURNING (SELECT username FROM accounts_officer o"
        " WHERE o.id = officer_id)",
    )
    return officer[0]
