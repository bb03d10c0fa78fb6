"""A backup: sealed to keys that are elsewhere, whole or not there, and equal when it comes back."""

import time
from contextlib import contextmanager, nullcontext
from unittest import mock

import psycopg
import pyrage
import pytest

from himaya.installation import temporary
from himaya.installation.backup import contents, making, opening, tables
from himaya.installation.backup.making import make
from himaya.installation.failure import Failure
from himaya.installation.handing_out import secret_of
from himaya.installation.inside import opened
from himaya.installation.server import server_of
from himaya.vault.recovery_secret import RecoverySecret
from tests.factories.canary import look_for
from tests.factories.threats import threat
from tests.installation.backups.conftest import CONTACT, LATER, STORY, kill_when
from tests.installation.commands import himaya

pytestmark = [pytest.mark.slow, pytest.mark.journey]
PACK = ("any", "1")
# What restoring itself does: it is told, what was destroyed since goes, nobody stays signed in.
AFTERWARDS = {
    "accounts_session",
    "audit_pending",
    "retention_tombstone",
    "vault_compartment",
    "vault_grant",
    "vault_sealed",
}


@contextmanager
def nothing_is_sealed():
    with mock.patch.object(making, "sealing", lambda file, _recipients: nullcontext(file)):
        yield


@threat("D5", off=nothing_is_sealed)
def test_a_stolen_backup_tells_nothing(country, tmp_path):
    stolen = tmp_path / "stolen"
    recipient = pyrage.x25519.Identity.generate().to_public()
    with opened(country.place) as server:
        manifest = make(country.place, server, stolen, [recipient], PACK)
    secret = (country.place.secrets / "ledger").read_text().strip()

    found = look_for([STORY, CONTACT, LATER, secret], [("backup", stolen.read_bytes())])

    assert manifest.rows > 100
    assert found.looked_at > 100_000
    assert found.places == []


def test_without_its_key_nobody_restores_it_and_nothing_is_left(country, tmp_path):
    key = tmp_path / "key"
    key.write_text(f"{pyrage.x25519.Identity.generate()}\n")
    with temporary.place() as bare:
        refused = himaya(bare, "restore", str(country.backup), f"--key={key}")

        assert refused.returncode == 1
        assert refused.stderr.endswith("himaya: This key does not open the backup.\n")
        assert not bare.postgres.exists()
        assert not any(bare.secrets.iterdir())


def test_what_comes_back_is_what_was_put_away_table_by_table(country, restored):
    before, after = manifest_of(country, tmp=restored.data), state_of(restored)

    assert before.entries > 0
    assert before.tables.keys() == after.keys()
    changed = [name for name, table in before.tables.items() if after[name] != table]
    assert set(changed) <= AFTERWARDS
    for name in ("audit_entry", "reporting_report", "vault_memberwrap", "accounts_officer"):
        assert after[name] == before.tables[name]
        assert after[name].rows > 0


def test_the_keys_of_a_bare_machine_come_with_it(country, restored):
    for name, path in contents.files(country.place):
        if name.startswith(("secrets/", "witnesses/")):
            assert (restored.data / name).read_bytes() == path.read_bytes(), name
    assert not restored.recovery_shares.exists()
    own = (restored.secrets / "dsn-superuser").read_text()
    assert own != (country.place.secrets / "dsn-superuser").read_text()


def test_a_table_that_differs_is_named(country, restored):
    manifest = manifest_of(country, tmp=restored.data)
    tampered = state_of(restored) | {"vault_sealed": tables.Table(0, "")}
    del tampered["vault_grant"]

    said = manifest.differences(tampered)

    assert "vault_grant is missing" in said
    assert any(clause.startswith("vault_sealed has 0 rows for ") for clause in said)


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (lambda content: content[:-200], "damaged or was cut short"),
        (lambda content: content[: len(content) // 2], "damaged or was cut short"),
        (lambda content: content[:70_000] + b"!" + content[70_001:], "damaged or was cut short"),
        (lambda _content: b"something else", "damaged or was cut short"),
    ],
)
def test_a_damaged_backup_is_refused(country, tmp_path, harm, sentence):
    damaged = tmp_path / "damaged"
    damaged.write_bytes(harm(country.backup.read_bytes()))
    identity = opening.identities_in(key_file(country, tmp_path))

    with pytest.raises(Failure, match=sentence):
        opening.unpack(damaged, identity, tmp_path)


def test_a_backup_that_is_cut_off_leaves_nothing_under_its_name(country, tmp_path):
    target = tmp_path / "cut.age"
    kill_when(country.place, "Counting", "backup", str(target))

    assert not target.exists()


def test_a_program_that_fails_leaves_nothing_and_says_why(country, tmp_path):
    target = tmp_path / "failed.age"
    recipient = pyrage.x25519.Identity.generate().to_public()
    with (
        opened(country.place) as server,
        mock.patch.object(making, "connection_environment", return_value={"PGHOST": "/nowhere"}),
        pytest.raises(Failure, match=r"^pg_dump failed: "),
    ):
        make(country.place, server, target, [recipient], PACK)

    assert list(tmp_path.iterdir()) == []


def test_a_backup_never_replaces_another(tmp_path):
    there = tmp_path / "there"
    there.write_text("another backup")

    with pytest.raises(Failure, match="is there already"), making.whole_or_nothing(there):
        pass
    assert there.read_text() == "another backup"


def test_whoever_is_named_in_the_file_opens_it_too(country, tmp_path):
    mine = pyrage.x25519.Identity.generate()
    country.place.backup_recipients.write_text(f"# the ministry's safe\n{mine.to_public()}\n")
    try:
        target = tmp_path / "for-two.age"
        done = himaya(country.place, "backup", str(target))
        assert "sealed to 2 keys" in done.stdout
        (tmp_path / "key").write_text(f"# created: today\n{mine}\n")

        found = opening.unpack(target, opening.identities_in(tmp_path / "key"), tmp_path)

        assert found.rows > 100
        country.place.backup_recipients.write_text("age1nonsense\n")
        refused = himaya(country.place, "backup", str(tmp_path / "other.age"))
        assert "Line 1 of" in refused.stderr
        assert not (tmp_path / "other.age").exists()
    finally:
        country.place.backup_recipients.unlink()


def test_rows_hidden_by_policies_are_no_whole_backup(country):
    with (
        opened(country.place) as server,
        psycopg.connect(server.administrator(), dbname=server.database) as connection,
    ):
        connection.execute("SET ROLE himaya_owner")

        with pytest.raises(Failure, match="Give that user BYPASSRLS and the role pg_read_all_data"):
            tables.refuse_half_sight(connection)


def manifest_of(country, tmp):
    into = tmp.parent / f"opened-{time.monotonic_ns()}"
    into.mkdir()
    return opening.unpack(country.backup, opening.identities_in(key_file(country, into)), into)


def key_file(country, directory):
    """The recovery key as a file, as a country would make it out of its shares."""
    papers = sorted(country.place.recovery_shares.iterdir())[1:]
    path = directory / "recovery-key"
    path.write_text(f"{RecoverySecret(secret_of(papers)).age_key()}\n")
    return path


def state_of(place):
    server = server_of(place)
    with server.in_use(), tables.snapshot(server.administrator(), server.database) as connection:
        return tables.tables(connection)
