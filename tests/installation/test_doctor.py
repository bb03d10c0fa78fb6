"""The doctor finds each unsafe setting: every one is made unsafe here, and found."""

import importlib
import inspect
import os
import re
import time
from contextlib import contextmanager
from datetime import timedelta
from importlib.metadata import version
from unittest import mock

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from himaya.agencies.models import Desk
from himaya.audit.record import record
from himaya.audit.sequencer import number_pending
from himaya.installation import catalogue, keys, processes
from himaya.installation.doctor import (
    custody,
    database,
    doors,
    examination,
    files,
    languages,
    sites,
    software,
)
from himaya.installation.doctor.examination import checks, examine
from himaya.installation.place import Place
from himaya.kernel.access import job
from himaya.viewing import box
from himaya.web.findings import WORDS, line
from tests.factories import offices
from tests.factories.catalogue import ask


def codes(findings):
    return sorted({finding.code for finding in findings})


@pytest.fixture
def place(tmp_path):
    """A data directory as `up --no-demo` leaves it, the registrar's key taken away."""
    made = Place(tmp_path / "data")
    made.make()
    keys.make_keys(made.secrets)
    (made.secrets / "registrar").unlink()
    (made.secrets / "dsn-staff").write_text("host=/run/himaya dbname=himaya")
    (made.secrets / "dsn-staff").chmod(0o600)
    made.kind.write_text(processes.PLAIN)
    return made


def open_a_key(place):
    (place.secrets / "pepper").chmod(0o644)


def open_the_directory(place):
    place.secrets.chmod(0o755)


def leave_credentials(place):
    place.officers.parent.mkdir()
    place.officers.write_text("{}")


def be_a_demonstration(place):
    place.kind.write_text(processes.DEMO)


def keep_the_registrar(place):
    (place.secrets / "registrar").write_text("")
    (place.secrets / "registrar").chmod(0o600)


@contextmanager
def mounts(place, kind):
    """The data directory lies on a file system of this kind."""
    listed = place.data.parent / "mounts"
    listed.write_text(f"disk / ext4 rw 0 0\nother {place.data} {kind} rw 0 0\n")
    with mock.patch.object(files, "MOUNTS", listed):
        yield


OF_FILES = [
    (open_a_key, files.secrets_are_shut, "files.secret_open"),
    (open_the_directory, files.secrets_are_shut, "files.secret_open"),
    (leave_credentials, files.people_are_real, "files.credentials_left"),
    (be_a_demonstration, files.people_are_real, "files.demonstration"),
    (keep_the_registrar, files.registrar_is_away, "files.registrar_here"),
]


@pytest.mark.parametrize(("unsafe", "check", "code"), OF_FILES)
def test_an_unsafe_file_is_found(place, unsafe, check, code):
    assert codes(check(place)) == []

    unsafe(place)

    assert codes(check(place)) == [code]


@pytest.mark.parametrize(("kind", "found"), [("xfs", []), ("tmpfs", ["files.in_memory"])])
def test_data_that_lie_in_memory_are_found(place, kind, found):
    with mounts(place, kind):
        assert codes(files.data_outlives_a_power_cut(place)) == found


def test_swap_is_found(tmp_path):
    swaps = tmp_path / "swaps"
    swaps.write_text("Filename Type Size Used Priority\n")
    with mock.patch.object(files, "SWAPS", swaps):
        assert codes(files.memory_stays_in_memory(None)) == []
        swaps.write_text("Filename Type Size Used Priority\n/dev/sdz partition 1 0 -2\n")
        assert codes(files.memory_stays_in_memory(None)) == ["files.swap"]


UNSAFE_SETTINGS = [
    *(
        (name, setting, None, "sites.setting")
        for name in sites.PROCESSES
        for setting in sites.EVERYWHERE
    ),
    *(("staff", setting, None, "sites.setting") for setting in sites.OF_OFFICERS),
    ("staff", "INSTALLED_APPS", [sites.ADMIN], "sites.admin"),
    ("public", "MIDDLEWARE", ["other", *sites.HEADERS.values()], "sites.headers"),
    ("staff", "MIDDLEWARE", [sites.HEADERS["staff"]], "sites.forgery"),
    ("staff", "PASSWORD_HASHERS", ["plain"], "sites.hasher"),
    ("staff", "DATABASES", {"default": {}}, "sites.transactions"),
]


@pytest.fixture(scope="module")
def as_built():
    """The test's own settings loosen three things; the doctor looks at them as they are built."""
    staff = importlib.import_module("himaya.config.staff")
    built = {"default": {**staff.DATABASES["default"], "ATOMIC_REQUESTS": True}}
    with mock.patch.object(staff, "DATABASES", built):
        yield


def test_the_settings_as_built_are_safe(as_built):
    assert codes(sites.settings_are_safe()) == []


@pytest.mark.parametrize(("process", "setting", "value", "code"), UNSAFE_SETTINGS)
def test_an_unsafe_setting_is_found(as_built, process, setting, value, code):
    module = importlib.import_module(f"himaya.config.{process}")
    with mock.patch.object(module, setting, value):
        assert codes(sites.settings_are_safe()) == [code]


def test_a_package_that_is_not_the_locked_one_is_found(tmp_path):
    lock = tmp_path / "lock"
    lock.write_text(f"django=={version('django')} \\\n")
    assert codes(software.installed_is_what_is_locked(lock)) == []

    lock.write_text("django==0.1 \\\nnot-installed==1.0 \\\n")
    assert len(list(software.installed_is_what_is_locked(lock))) == 2


def test_a_machine_without_a_box_for_files_is_found(monkeypatch):
    monkeypatch.setattr(box, "PROGRAM", "no-such-program")

    assert codes(software.files_can_be_shown()) == ["software.no_box"]


def test_reports_that_wait_too_long_or_were_damaged_are_found(place):
    spool = place.data / "spool"
    spool.mkdir()
    (spool / "just-now.report").write_bytes(b"")
    assert codes(files.spool_is_whole(place)) == []

    os.utime(spool / "just-now.report", (0, 0))
    (spool / "other.broken").write_bytes(b"")

    assert codes(files.spool_is_whole(place)) == ["files.spool_damaged", "files.spool_waits"]


@pytest.fixture
def database_line(db):
    """The test's connection to the database, whose changes are undone."""
    connection.ensure_connection()
    return connection.connection


def test_a_setting_that_forgets_is_found(database_line):
    """The tests' own server may forget, so its three settings are found; then a role's too."""
    found = list(database.keeps_what_it_acknowledged(database_line))
    assert len(found) == 3

    ask("ALTER ROLE himaya_public SET synchronous_commit = off")

    assert len(list(database.keeps_what_it_acknowledged(database_line))) == 4


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("ALTER ROLE himaya_staff BYPASSRLS", "database.strong_role"),
        ("ALTER ROLE himaya_public CREATEROLE", "database.strong_role"),
        ("GRANT himaya_owner TO himaya_staff", "database.role_in_role"),
    ],
)
def test_a_role_that_grew_is_found(database_line, statement, code):
    assert codes(database.roles_stay_small(database_line)) == []

    ask(statement)

    assert codes(database.roles_stay_small(database_line)) == [code]


@pytest.mark.parametrize(
    "statement",
    [
        "GRANT SELECT ON vault_sealed TO himaya_public",
        "GRANT UPDATE (state) ON cases_case TO himaya_worker",
        "ALTER TABLE cases_case NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE cases_case DISABLE ROW LEVEL SECURITY",
        "CREATE POLICY all_of_it ON cases_case FOR SELECT TO himaya_staff USING (true)",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "CREATE OR REPLACE FUNCTION himaya_desks() RETURNS uuid[] LANGUAGE sql"
        " AS 'SELECT null::uuid[]'",
        "GRANT EXECUTE ON FUNCTION vault_holds(uuid) TO himaya_public",
        "ALTER TABLE cases_case OWNER TO himaya_staff",
    ],
)
def test_rights_that_were_changed_by_hand_are_found(database_line, place, statement):
    place.rights.write_text(catalogue.fingerprint(database_line))
    assert codes(database.rights_are_as_written(database_line, place)) == []

    ask(statement)

    assert codes(database.rights_are_as_written(database_line, place)) == [
        "database.rights_changed"
    ]


@pytest.mark.parametrize(
    ("dsn", "found"),
    [
        ("host=/run/himaya", []),
        ("host=127.0.0.1", []),
        ("host=db.example sslmode=verify-full", []),
        ("host=db.example", ["database.open_line"]),
        ("host=db.example sslmode=require", ["database.open_line"]),
    ],
)
def test_a_line_to_a_database_that_proves_nothing_is_found(dsn, found):
    assert codes(database.is_reached_safely(dsn)) == found


def test_a_clock_that_was_put_back_is_found(database_line):
    assert codes(database.clocks_agree(database_line)) == []

    record(act="example", actor=job("example"), at=timezone.now() + timedelta(hours=1))
    number_pending()

    assert codes(database.clocks_agree(database_line)) == ["database.clock_went_back"]


def test_a_disk_that_nobody_checks_is_found(database_line):
    assert codes(database.checksums_are_on(database_line)) == []

    off = mock.Mock(**{"execute.return_value.fetchone.return_value": ("off",)})
    assert codes(database.checksums_are_on(off)) == ["database.no_checksums"]


def test_a_desk_without_a_key_or_with_one_member_or_without_recovery_is_found(database_line):
    with_one = offices.desk(Desk.Kind.INTAKE)

    assert codes(custody.recovery_covers_every_desk(database_line)) == ["custody.no_recovery"]
    assert codes(custody.receiving_desks_have_keys(database_line)) == []
    assert codes(custody.desks_have_members(database_line)) == ["custody.lonely_desk"]

    Desk.objects.create(agency=with_one.agency, kind=Desk.Kind.INTAKE, code="without")

    assert codes(custody.receiving_desks_have_keys(database_line)) == ["custody.no_desk_key"]


def watching(number, *, hours_ago=0):
    """So many trusted witnesses, each with a head that it co-signed so long ago."""
    bodies = [mock.Mock() for _ in range(number)]
    for position, body in enumerate(bodies):
        body.name = f"body-{position}"
    seen = [mock.Mock(witness=body, moment=time.time() - hours_ago * 3600) for body in bodies]
    return (
        mock.patch.object(custody.witnesses, "trusted", return_value=bodies),
        mock.patch.object(custody.witnessed, "seen", return_value=seen),
    )


@pytest.mark.parametrize(
    ("number", "hours_ago", "found"),
    [
        (2, 1, []),
        (1, 1, ["custody.few_witnesses"]),
        (0, 1, ["custody.few_witnesses"]),
        (2, 25, ["custody.silent_witness"]),
    ],
)
def test_too_few_or_silent_witnesses_are_found(place, number, hours_ago, found):
    trusted, seen = watching(number, hours_ago=hours_ago)
    with trusted, seen:
        assert codes(custody.outsiders_watch_the_ledger(place)) == found


@pytest.mark.parametrize(
    ("began", "backed_up", "found"),
    [(1, None, ["warning"]), (30, None, ["danger"]), (30, 8, ["danger"]), (30, 6, [])],
)
def test_an_old_backup_is_found(database_line, began, backed_up, found):
    record(act="example", actor=job("example"), at=timezone.now() - timedelta(days=began))
    if backed_up:
        at = timezone.now() - timedelta(days=backed_up)
        record(act="installation.backed_up", actor=job("backup"), at=at)
    number_pending()

    assert [finding.grade for finding in custody.a_backup_is_fresh(database_line)] == found


def test_a_check_that_could_not_look_is_a_danger(place, database_line):
    def fail():
        raise psycopg.OperationalError

    with mock.patch.object(examination, "checks", return_value=[("The moon", fail)]):
        found = examine(place, database_line)

    assert (found.looked, found.is_safe()) == (0, False)
    assert (found.findings[0].code, found.findings[0].facts["what"]) == ("doctor.blind", "The moon")


def test_every_finding_has_words_that_name_its_facts():
    said = set()
    for module in (custody, database, doors, examination, files, languages, sites, software):
        said |= set(re.findall(r'(?:danger|warning)\(\s*"([a-z_.]+)"', inspect.getsource(module)))

    assert said == set(WORDS)


@pytest.mark.parametrize(("unsafe", "check", "code"), OF_FILES)
def test_a_finding_reads_as_a_sentence_and_what_to_do(place, unsafe, check, code):
    unsafe(place)

    for finding in check(place):
        words = line(finding.code, finding.grade, finding.facts)
        assert "%" not in words.sentence + words.remedy
        assert words.remedy.endswith(".")


def test_every_check_there_is_gets_made(place, database_line):
    made = {
        getattr(look, "func", look).__name__ for _name, look in checks(place, database_line)
    } - {"<lambda>"}
    there = {
        name
        for module in (custody, database, doors, files, sites, software)
        for name, thing in vars(module).items()
        if getattr(thing, "__module__", "") == module.__name__
        and callable(thing)
        and not name.startswith("_")
    } - {"is_reached_safely"}  # made in a lambda, which reads the line first

    assert made == there


def test_a_warning_alone_is_no_danger(place):
    be_a_demonstration(place)

    assert examination.Examination(findings=list(files.people_are_real(place))).is_safe()
