"""The host, with the whole disk and every key on it, opens what was published and nothing else."""

import json
import sys
from secrets import token_bytes
from uuid import uuid4

import psycopg
import pyrage
import pytest

from himaya.config.env import ROOT
from himaya.installation.server import server_of
from himaya.vault.keyring import sealed_for_cookie
from himaya.vault.seal import sealed_to
from tests.factories.host import Host, disk, published
from tests.factories.threats import ON, threat

pytestmark = [pytest.mark.slow, pytest.mark.journey]
OF_THE_DEMONSTRATION = ("demo",)  # passphrases and shares; a country has no such folder
PUBLIC = ("static",)


@threat("C9")
def test_a_seized_machine_opens_what_was_published_and_no_more(country, control):
    left_out = (*PUBLIC, *(OF_THE_DEMONSTRATION if control == ON else ()))
    files = disk(country.place.data, without=left_out)
    files.append(("backup.age", country.backup.read_bytes()))
    server = server_of(country.place)
    with (
        server.in_use(),
        psycopg.connect(server.administrator(), dbname=server.database) as connection,
    ):
        something_in_passing(connection, country.place)
        host = Host(files, connection)
        opened = host.open_everything()
        connection.rollback()

    sys.stdout.write(f"{json.dumps(opened, indent=1)}\n{len(files)} files, {len(host.keys)} keys\n")
    assert len(host.keys) > 10
    assert opened == published((ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8"))


def something_in_passing(connection, place):
    """What is there only for a while: an officer who has unlocked, a message that waits."""
    (officer, desk) = connection.execute(
        "SELECT officer_id, desk_id FROM accounts_membership LIMIT 1"
    ).fetchone()
    _cookie, sealed = sealed_for_cookie(officer, str(pyrage.x25519.Identity.generate()))
    connection.execute(
        "INSERT INTO vault_unlock (id, officer_id, sealed, expires_at)"
        " VALUES (%s, %s, %s, now() + interval '1 hour')",
        [uuid4(), officer, sealed],
    )
    outbox = bytes.fromhex((place.secrets / "outbox.pub").read_text().strip()).decode()
    connection.execute(
        "INSERT INTO notices_outgoing (id, desk_id, subject_code, sealed, state, attempts,"
        " not_before, made_at) VALUES (%s, %s, 'tests', %s, 'waiting', 0, now(), now())",
        [uuid4(), desk, sealed_to([outbox], b"words " + token_bytes(8))],
    )
