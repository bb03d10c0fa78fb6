"""The launcher: one file, no dependency, and it never leaves half an environment behind."""

import ast
import os
import shutil
import subprocess
import sys
import types

import pytest

from himaya.config.env import ROOT

LAUNCHER = ROOT / "himaya"
FAKE_UV = """#!/bin/sh
[ "$1" = "--version" ] && echo "uv 0" && exit 0
echo "$@" >> "$CALLS"
{behaviour}
"""


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """A clone with tiny locks, an installer that only notes how it was called, and a real command
    that only prints its arguments."""
    (tmp_path / "src" / "himaya").mkdir(parents=True)
    (tmp_path / "src" / "himaya" / "__init__.py").touch()
    (tmp_path / "src" / "himaya" / "__main__.py").write_text("import sys; print(sys.argv[1:])")
    for lock in ("requirements.lock", "requirements-dev.lock", "requirements-bootstrap.lock"):
        (tmp_path / lock).write_text("nothing==1\n")
    shutil.copy(LAUNCHER, tmp_path)
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    monkeypatch.setenv("CALLS", str(tmp_path / "calls"))
    uv_that(tmp_path, "exit 0")
    return tmp_path


def uv_that(clone, behaviour):
    uv = clone / "bin" / "uv"
    uv.write_text(FAKE_UV.format(behaviour=behaviour))
    uv.chmod(0o755)


def launch(clone, *arguments):
    command = [sys.executable, str(clone / "himaya"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def calls(clone):
    noted = clone / "calls"
    return noted.read_text().splitlines() if noted.exists() else []


@pytest.fixture
def launcher():
    """The launcher as a module, not run."""
    module = types.ModuleType("launcher")
    module.__file__ = str(LAUNCHER)
    exec(compile(LAUNCHER.read_text(), str(LAUNCHER), "exec"), module.__dict__)
    return module


def test_it_parses_on_python_3_9_and_needs_only_the_standard_library():
    tree = ast.parse(LAUNCHER.read_text(), feature_version=(3, 9))

    imported = {
        name.partition(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported <= sys.stdlib_module_names
    assert os.access(LAUNCHER, os.X_OK)


@pytest.mark.slow
def test_the_first_run_installs_by_hash_and_the_next_one_skips_it(clone):
    first = launch(clone, "up", "--data", "a b")
    assert (first.returncode, first.stdout) == (0, "['up', '--data', 'a b']\n")
    assert len(calls(clone)) == 1
    assert "--require-hashes --only-binary :all:" in calls(clone)[0]

    again = launch(clone, "up")

    assert (again.returncode, again.stderr) == (0, "")
    assert len(calls(clone)) == 1


@pytest.mark.slow
def test_a_changed_lock_is_installed(clone):
    launch(clone, "up")
    (clone / "requirements.lock").write_text("nothing==2\n")

    assert launch(clone, "up").returncode == 0

    assert len(calls(clone)) == 2


@pytest.mark.slow
@pytest.mark.parametrize("command", ["test", "check", "bench"])
def test_what_developers_need_is_installed_for_their_commands_only(clone, command):
    launch(clone, "up")
    assert not any("requirements-dev.lock" in call for call in calls(clone))

    launch(clone, command)

    assert "requirements-dev.lock" in calls(clone)[-1]


@pytest.mark.slow
def test_a_clone_that_was_moved_finds_its_own_source(clone, tmp_path_factory):
    launch(clone, "up")
    moved = tmp_path_factory.mktemp("moved") / "clone"
    shutil.copytree(clone, moved, symlinks=True)
    (moved / "src" / "himaya" / "__main__.py").write_text("print('moved')")

    assert launch(moved, "up").stdout == "moved\n"


@pytest.mark.slow
def test_a_first_run_that_was_cut_off_is_done_again_from_nothing(clone):
    uv_that(clone, "touch .venv/half-installed; kill -9 $PPID")
    (clone / ".venv").mkdir()
    assert subprocess.run([sys.executable, "himaya", "up"], cwd=clone, check=False).returncode != 0
    assert (clone / ".venv" / "half-installed").exists()
    uv_that(clone, "exit 0")

    done = launch(clone, "up")

    assert (done.returncode, done.stdout) == (0, "['up']\n")
    assert not (clone / ".venv" / "half-installed").exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("error: No space left on device (os error 28)", "There is no room left on the disk"),
        ("error: failed to lookup address: dns error", "The package index cannot be reached"),
        ("error: Hash mismatch for `django`", "is not the one that the lock file names"),
        ("error: out of luck", "The installer said: error: out of luck"),
    ],
)
def test_a_failed_installation_is_one_clear_sentence_and_no_start(clone, said, sentence):
    uv_that(clone, f"echo '{said}' >&2; exit 2")

    failed = launch(clone, "up")

    assert failed.returncode == 1
    assert sentence in failed.stderr.splitlines()[-1]
    assert failed.stdout == ""
    assert launch(clone, "up").returncode == 1


def test_a_newer_interpreter_is_found_by_one_that_is_too_old(launcher, tmp_path, monkeypatch):
    for name, behaviour in (("python3.13", "exit 127"), ("python3.12", "echo /right/python")):
        (tmp_path / name).write_text(f"#!/bin/sh\n{behaviour}\n")  # a shim that does not start, too
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "version_info", (3, 9, 18))

    assert launcher.usable_interpreter() == "/right/python"


def test_without_a_new_enough_interpreter_it_says_so(launcher, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "version_info", (3, 9, 18))

    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer and found only 3\.9"):
        launcher.usable_interpreter()


def test_without_uv_and_pip_it_names_the_packages_to_install(launcher, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(launcher, "UV", tmp_path / "uv")
    monkeypatch.setattr(launcher, "PYTHON", tmp_path / "python-without-ensurepip")

    with pytest.raises(SystemExit, match="apt-get install python3-venv python3-pip"):
        launcher.find_installer(str(tmp_path / "python-without-pip"))
