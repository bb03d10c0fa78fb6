"""`himaya simulate` on a running installation: rows that hold, pages that open, a whole ledger."""

import json
import subprocess
from io import BytesIO

import pytest

from himaya.installation import processes, temporary
from himaya.installation.place import Place
from himaya.installation.simulation.frames import chunks_in, put_wanted
from himaya.installation.simulation.telling import Wanted
from tests.factories.moments import NOON
from tests.installation.commands import himaya

pytestmark = [pytest.mark.slow, pytest.mark.journey]
CASES = 2100  # three chunks: enough for two processes
EVERY_KEY = """
DO $$
DECLARE found record; broken bigint;
BEGIN
  FOR found IN
    SELECT conrelid::regclass t, a.attname c, confrelid::regclass f, b.attname k
    FROM pg_constraint
    JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = conkey[1]
    JOIN pg_attribute b ON b.attrelid = confrelid AND b.attnum = confkey[1]
    WHERE contype = 'f' LOOP
    EXECUTE format('SELECT count(*) FROM %s x WHERE x.%I IS NOT NULL AND NOT EXISTS
      (SELECT 1 FROM %s y WHERE y.%I = x.%I)', found.t, found.c, found.f, found.k, found.c)
      INTO broken;
    IF broken > 0 THEN RAISE EXCEPTION '% rows of %', broken, found.t; END IF;
  END LOOP;
END $$
"""


@pytest.fixture(scope="module")
def demonstration():
    """An installation with invented officers; it runs."""
    with temporary.installation() as running:
        yield running.place


@pytest.fixture(scope="module")
def country(demonstration):
    """An invented country told by two processes, four cases of it with words."""
    options = [f"--cases={CASES}", "--sealed=4", "--processes=2", "--json"]
    done = himaya(demonstration, "simulate", *options)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def ask(place, statement):
    done = himaya(place, "psql", "-At", "-c", statement)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_every_case_has_a_person_its_tracks_and_facts(demonstration, country):
    assert (country["cases"], country["sealed"]) == (CASES, 4)
    assert country["rows"] > 10 * CASES
    orphans = """
        SELECT count(*) FROM cases_case c WHERE NOT EXISTS (
          SELECT 1 FROM cases_trackstate t WHERE t.case_id = c.id)
        OR NOT EXISTS (SELECT 1 FROM cases_person p WHERE p.id = c.person_id)
    """
    assert ask(demonstration, orphans) == "0"
    assert int(ask(demonstration, "SELECT count(*) FROM statistics_casefact")) >= CASES


def _told_by(place, which, of):
    """What one of so many processes tells of a small country."""
    asked = BytesIO()
    put_wanted(asked, Wanted(CASES, 3, NOON, "0a0b0c0d", "1" * 15, ()), which, of)
    command = processes.module("himaya.installation.work", "tell")
    known = processes.environment(place, "command")
    done = subprocess.run(
        command, input=asked.getvalue(), env=known, capture_output=True, check=True
    )
    return list(chunks_in(BytesIO(done.stdout)))


def test_one_process_and_two_tell_the_same_country(demonstration, country):
    alone = _told_by(demonstration, 0, 1)
    first, second = _told_by(demonstration, 0, 2), _told_by(demonstration, 1, 2)

    assert alone == [first[0], second[0], first[1]]


def test_no_foreign_key_is_broken(demonstration, country):
    """They are not looked up while rows are copied in."""
    ask(demonstration, EVERY_KEY)


def test_the_ledger_is_whole_and_says_which_rows_are_invented(demonstration, country):
    done = himaya(demonstration, "ledger", "verify")

    assert done.returncode == 0, done.stdout + done.stderr


def test_a_row_put_in_beside_them_is_found_all_the_same(demonstration, country):
    ask(demonstration, "INSERT INTO cases_person (id, made_at) VALUES (gen_random_uuid(), now())")
    done = himaya(demonstration, "ledger", "verify")

    assert done.returncode != 0
    assert "no entry knows this row" in done.stdout + done.stderr


def test_outside_a_demonstration_nothing_is_invented(tmp_path):
    done = himaya(Place(tmp_path / "data"), "simulate", "--cases=5")

    assert done.returncode == 1
    assert "in a demonstration only" in done.stderr


@pytest.mark.parametrize("number", ["0", "many", "99999999"])
def test_a_strange_number_is_one_clear_sentence(tmp_path, number):
    done = himaya(Place(tmp_path / "data"), "simulate", f"--cases={number}")

    assert done.returncode == 2
    assert "give a number of cases between 1 and" in done.stderr
