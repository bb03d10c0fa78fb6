"""The command line: what it accepts, what it passes on, what it says."""

import io
import os
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.db.utils import OperationalError
from psycopg.errors import ConnectionTimeout, DiskFull

from himaya.config.env import Misconfigured
from himaya.installation import developing, guard, scratch
from himaya.installation.commands import COMMANDS, Command, bench, check, demo, overview, psql, up
from himaya.installation.commands import test as test_command
from himaya.installation.failure import AlreadySaid, Failure
from himaya.installation.locks import alone, is_held
from himaya.installation.main import main, read
from himaya.installation.messages import compile_messages

PASSING = Command("psql", "", "", passes_on=True)
DEMO = Command("demo", "", "")


def test_every_command_of_the_table_is_shown_and_explains_itself(capsys):
    for command in COMMANDS:
        assert f"  {command.name} " in overview()
        with pytest.raises(SystemExit) as ended:
            main([command.name, "--help"])
        assert ended.value.code == 0
        assert "--data DIR" in capsys.readouterr().out


def test_without_a_command_the_overview_is_shown(capsys):
    assert main([]) == 2
    assert main(["--help"]) == 0
    assert capsys.readouterr().out == f"{overview()}\n" * 2


def test_an_unknown_command_is_one_sentence(capsys):
    assert main(["upp"]) == 1
    assert capsys.readouterr().err.startswith("himaya: There is no command upp.")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--data", "d", "credentials", "judge", "--json"],
        ["credentials", "--data", "d", "judge", "--json"],
        ["credentials", "judge", "--json", "--data=d"],
    ],
)
def test_the_data_directory_may_be_named_anywhere(arguments):
    options = read(DEMO, demo, arguments)

    assert (options.data, options.role, options.json) == (Path.cwd() / "d", "judge", True)


def test_without_it_the_data_lies_in_the_current_directory(monkeypatch):
    monkeypatch.delenv("HIMAYA_DATA")

    assert read(DEMO, demo, ["credentials", "judge"]).data == Path.cwd() / "data"


def test_psql_gets_every_other_argument_unchanged():
    theirs = ["-h", "-c", "SELECT '--data x'", "-v", "a=b", "-- x", "--csv"]

    options = read(PASSING, psql, [*theirs[:3], "--data", "d", "--role", "public", *theirs[3:]])

    assert (options.role, options.data.name) == ("public", "d")
    assert options.rest == theirs


def test_other_commands_refuse_what_they_do_not_know(capsys):
    with pytest.raises(SystemExit) as ended:
        read(Command("up", "", ""), up, ["--publik-port", "1"])

    assert ended.value.code == 2


def test_psql_is_told_the_password_where_nobody_else_reads_it():
    dsn = "host=/run/s port=5432 dbname=himaya user=himaya_public password='a b' sslmode=require"

    told = psql.connection_environment(dsn)

    wanted = {
        "PGHOST": "/run/s",
        "PGDATABASE": "himaya",
        "PGUSER": "himaya_public",
        "PGPASSWORD": "a b",
        "PGSSLMODE": "require",
    }
    assert {name: told[name] for name in wanted} == wanted


def as_django_says(cause):
    error = OperationalError()
    error.__cause__ = cause
    return error


NO_ROOM = "himaya: There is no room left on the disk that holds"


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (Failure("No."), "himaya: No.\n"),
        (Misconfigured("A key."), "himaya: A key.\n"),
        (AlreadySaid(), ""),
        (OSError(28, "No space left", "/d/x"), f"{NO_ROOM} /d/x."),
        (DiskFull(), f"{NO_ROOM} the database."),
        (as_django_says(DiskFull()), f"{NO_ROOM} the database."),
        (PermissionError(13, "Permission denied", "/d/x"), "himaya: /d/x may not be read"),
    ],
)
def test_an_expected_trouble_is_one_line_and_not_a_success(capsys, trouble, said):
    def work():
        raise trouble

    assert guard.guarded(work) == 1
    assert capsys.readouterr().err.startswith(said)


@pytest.mark.parametrize(
    "bug", [KeyError("x"), OSError(5, "x"), as_django_says(ConnectionTimeout())]
)
def test_a_bug_is_not_hidden(bug):
    def work():
        raise bug

    with pytest.raises(type(bug)):
        guard.guarded(work)


def test_ctrl_c_is_no_traceback(capsys):
    def work():
        raise KeyboardInterrupt

    assert guard.guarded(work) == 130
    assert capsys.readouterr().err == ""


@pytest.fixture
def ran(monkeypatch):
    """Notes the commands that would run in the tree; each succeeds."""
    noted = []

    def run(command, more=None):
        noted.append(command)
        return 0

    for module in (check, test_command):
        monkeypatch.setattr(module, "run_in_tree", run)
    monkeypatch.setattr(test_command, "browser", lambda: "/usr/bin/chromium")
    return noted


def choose(**chosen):
    no = dict.fromkeys(("fast", "all", "threat", "control_off", "machine", "share"))
    return test_command.run(Namespace(**{**no, "rest": [], **chosen}))


def test_fast_leaves_out_what_takes_long(ran):
    assert choose(fast=True, rest=["-k", "vault"]) == 0

    assert ran[0][-4:] == ["-m", "not slow and not journey and not race", "-k", "vault"]


@pytest.mark.parametrize(
    ("chosen", "arguments"),
    [
        ({"threat": "B7"}, ["--threat", "B7"]),
        ({"threat": "B7", "control_off": True}, ["--threat", "B7", "--control-off"]),
    ],
)
def test_the_proofs_of_a_row_can_be_chosen(ran, chosen, arguments):
    assert choose(**chosen) == 0

    assert ran[0][ran[0].index("pytest") + 1 :] == arguments


def test_what_asks_much_of_the_machine_can_be_asked_for_too(ran):
    assert choose(machine=True) == 0

    assert [command[-1] for command in ran] == ["--machine"] * 2


def test_a_run_in_a_hurry_takes_a_share_of_the_slow_tests(ran):
    assert choose(share="2/3") == 0

    assert [command[-1] for command in ran] == ["--share=2/3"] * 2


def test_switching_a_control_off_asks_which(ran):
    with pytest.raises(Failure, match="add --threat"):
        choose(control_off=True)

    assert ran == []


def test_the_journeys_are_left_out_aloud_where_no_browser_is(ran, monkeypatch, capsys):
    monkeypatch.setattr(test_command, "browser", lambda: None)

    assert choose() == 0

    assert ran[0][-2:] == ["-m", "not journey"]
    assert "did NOT run" in capsys.readouterr().out


def test_all_is_red_without_a_browser(ran, monkeypatch):
    monkeypatch.setattr(test_command, "browser", lambda: None)

    with pytest.raises(Failure, match="need Chromium"):
        choose(all=True)

    assert ran == []


def test_all_runs_the_checks_and_every_test(ran, capsys):
    assert choose(all=True) == 0

    assert ran[:-2] == [command for _, command in check.CHECKS]
    assert [command[-2:] for command in ran[-2:]] == [["-m", "not journey"], ["-m", "journey"]]


def test_all_is_red_when_a_check_is_red(ran, monkeypatch, capsys):
    monkeypatch.setattr(check, "run_in_tree", lambda _: 1)

    assert choose(all=True) == 1


def test_every_check_runs_also_after_one_failed(ran, monkeypatch, capsys):
    results = iter([1, *[0] * (len(check.CHECKS) - 1)])
    monkeypatch.setattr(check, "run_in_tree", lambda _: next(results))

    assert check.run(Namespace(fix=False)) == 1

    said = capsys.readouterr().out
    assert f"{len(check.CHECKS) - 1} of {len(check.CHECKS)} checks passed" in said
    assert f"Failed: {check.CHECKS[0][0]}." in said


def test_tests_do_not_touch_the_operators_own_installation(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://real")
    monkeypatch.setenv("HIMAYA_DATA", "/real")
    look = "import os, sys; sys.exit(len({'DATABASE_URL', 'HIMAYA_DATA'} & set(os.environ)))"

    assert developing.run_in_tree([sys.executable, "-c", look]) == 0


CATALOGUE = r"""
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\n"

msgid "One"
msgstr "واحد"

#, fuzzy
msgid "Two"
msgstr "a guess"
"""


@pytest.fixture
def catalogue(tmp_path):
    path = tmp_path / "ar" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(CATALOGUE, encoding="utf-8")
    return path


def test_a_catalogue_is_compiled_without_guesses(catalogue):
    assert compile_messages(catalogue.parents[2]) == 1

    made = catalogue.with_suffix(".mo").read_bytes()
    assert "واحد".encode() in made
    assert b"a guess" not in made
    assert read_po(io.BytesIO(catalogue.read_bytes()))["Two"].fuzzy


def test_a_catalogue_is_compiled_again_only_when_it_is_newer(catalogue):
    compile_messages(catalogue.parents[2])
    assert compile_messages(catalogue.parents[2]) == 0

    made = catalogue.with_suffix(".mo")
    later = made.stat().st_mtime + 10
    subprocess.run(["touch", "-d", f"@{later}", str(catalogue)], check=True)

    assert compile_messages(catalogue.parents[2]) == 1


def test_a_lock_is_held_until_its_holder_ends(tmp_path):
    lock = tmp_path / "lock"
    assert not is_held(lock)
    with alone(lock):
        assert is_held(lock)
    assert not is_held(lock)


def test_the_parser_of_each_command_can_be_built_alone():
    for module in (check, demo, psql, test_command, up):
        module.add(ArgumentParser())


def test_scratch_of_dead_processes_is_swept_and_of_living_ones_kept(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    ended = subprocess.Popen(["true"])
    ended.wait()
    dead, living, other = (
        tmp_path / f"{scratch.PREFIX}{whose}" for whose in (ended.pid, os.getppid(), "notes")
    )
    for left in (dead, living, other):
        left.mkdir()

    made = scratch.make_scratch()

    assert set(tmp_path.iterdir()) == {made, living, other}


@pytest.mark.slow
@pytest.mark.parametrize("name", bench.names())
def test_every_measurement_finds_what_it_uses_as_the_command_starts_it(name):
    load = "import sys; from himaya.installation.commands.bench import measurement as load"
    code = f"{load}; assert callable(load(sys.argv[1]))"

    # -P as ./himaya has it: what lies where somebody happens to stand is not imported.
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, name],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "himaya.config.test"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
