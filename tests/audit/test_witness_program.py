"""The program of a witness keeps to C2SP tlog-witness and never says two things of one log."""

import random
import re
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from hashlib import sha256
from http.client import HTTPException

import pytest

from himaya.installation.ports import free_ports
from tests.audit import second_verifier as second
from tests.factories import witnesses
from tests.factories.threats import OFF, threat
from tests.factories.witnesses import PROGRAM, Log, ask, look


@pytest.fixture
def log(tmp_path):
    found = Log(tmp_path / "log")
    found.grow(5)
    return found


@pytest.fixture
def witness(tmp_path, log):
    return witnesses.witness(tmp_path / "witness", log.key.written())


@pytest.fixture
def url(witness):
    with witnesses.answering(witness) as address:
        yield address


def of(log):
    return f"/{sha256(log.origin.encode()).hexdigest()}/checkpoint"


def test_a_first_head_is_co_signed_and_kept(url, log, witness):
    status, line, _kind = ask(url, log.request(0))

    assert status == 200
    note = log.note() + line
    assert second.check_cosignature(note.encode(), witness.vkey()) > 1_700_000_000
    assert look(url, of(log)) == (200, note)


def test_growth_is_co_signed_step_by_step(url, log):
    assert ask(url, log.request(0))[0] == 200
    for count, before in ((1, 5), (3, 6), (300, 9)):
        log.grow(count)
        assert ask(url, log.request(before))[0] == 200
    assert ask(url, log.request(309))[0] == 200  # the same head again: it is still the newest


ANSWERS = {
    "from another size than it has seen": (lambda log: log.request(3), 409),
    "from nothing, though it has seen something": (lambda log: log.request(0), 409),
    "from more than the new head has": (lambda log: log.request(10, path=[]), 400),
    "with a wrong proof": (lambda log: log.request(5, path=[bytes(32)]), 422),
    "without the proof": (lambda log: log.request(5, path=[]), 422),
    "with a number that is no number": (lambda log: log.request(5).replace("old 5", "old 05"), 400),
    "with no number": (lambda log: log.request(5).replace("old 5", "old"), 400),
    "with 64 lines of proof": (lambda log: log.request(5, path=[bytes(32)] * 64), 400),
    "with a short hash": (lambda log: log.request(5, path=[bytes(31)]), 400),
    "without an empty line": (lambda log: log.request(5).replace("\n\n", "\n", 1), 400),
    "without a signature": (lambda log: log.request(5).split("\n— ")[0] + "\n", 403),
    "with nothing": (lambda _log: "", 400),
    "with bytes that are no text": (lambda _log: b"\xff\xfe", 400),
    "with the signature of a stranger": (lambda log: log.request(5).replace("— log", "— fog"), 403),
}


@pytest.mark.parametrize(("said", "status"), ANSWERS.values(), ids=ANSWERS)
def test_a_request_that_is_wrong_gets_the_status_of_the_protocol(url, log, said, status):
    assert ask(url, log.request(0))[0] == 200
    log.grow(4)
    before = look(url, of(log))

    assert ask(url, said(log))[0] == status
    assert look(url, of(log)) == before


def test_a_conflict_says_what_was_seen(url, log):
    ask(url, log.request(0))
    log.grow(1)

    assert ask(url, log.request(0)) == (409, "5\n", "text/x.tlog.size")


def test_from_nothing_there_is_nothing_to_prove(url, log):
    assert ask(url, log.request(0, path=[bytes(32)]))[0] == 422


def test_an_empty_tree_has_one_root(url, tmp_path, log):
    assert ask(url, log.request(0, note=log.note(0, bytes(32)), path=[]))[0] == 422
    assert ask(url, log.request(0, note=log.note(0), path=[]))[0] == 200


def test_a_log_that_is_not_followed_is_not_found(url, tmp_path):
    stranger = Log(tmp_path / "stranger", "log.example/other")
    stranger.grow(1)

    assert ask(url, stranger.request(0))[0] == 404
    assert look(url, of(stranger))[0] == 404


def test_a_log_of_the_same_name_with_another_key_is_refused(url, tmp_path, log):
    stranger = Log(tmp_path / "stranger", log.origin)
    stranger.grow(5)

    assert ask(url, stranger.request(0))[0] == 403


@pytest.mark.parametrize("path", ["/", "/../key", "/key", "/%2e%2e/key", "/" + "0" * 64, "/seen"])
def test_nothing_else_is_given_out(url, path):
    assert look(url, path)[0] == 404
    assert ask(url, "", path)[0] == 404


def test_a_flood_of_bytes_is_not_read(url):
    assert ask(url, b"x" * 65537)[0] == 413


@pytest.fixture
def credulous(control, witness, monkeypatch):
    """With the control off, a witness that looks at no proof."""
    if control == OFF:
        monkeypatch.setitem(type(witness).check_growth.__globals__, "grew", lambda *_: True)


@threat("B7")
@pytest.mark.usefixtures("credulous")
def test_two_trees_of_one_log_are_not_both_co_signed(url, log, tmp_path):
    ask(url, log.request(0))
    fork = Log(tmp_path / "fork", log.origin)
    fork._private = log._private
    fork.grow(3)
    fork.grow(4, "what it would rather have had")

    assert ask(url, fork.request(5))[0] == 422
    assert ask(url, fork.request(5, path=[]))[0] == 422


@threat("B7")
@pytest.mark.usefixtures("credulous")
def test_another_tree_of_the_same_size_is_not_co_signed(url, log):
    ask(url, log.request(0))

    other = log.note(5, sha256(b"another root").digest())

    assert ask(url, log.request(5, note=other, path=[]))[0] == 422


@threat("B7")
def test_a_tree_that_shrank_is_not_co_signed(url, log, witness, control, monkeypatch):
    if control == OFF:
        monkeypatch.setattr(witness, "check_growth", lambda *_: None)
    ask(url, log.request(0))

    shorter = log.note(4)

    assert ask(url, log.request(4, note=shorter, path=[]))[0] == 409


@pytest.mark.race
@pytest.mark.slow
def test_of_many_requests_at_once_the_state_never_goes_back(url, log, witness):
    requests = [log.request(0)]
    for before in range(5, 45):
        log.grow(1)
        requests.append(log.request(before))
    requests *= 3
    random.Random(7).shuffle(requests)

    with ThreadPoolExecutor(8) as askers:
        seen = list(askers.map(lambda body: (body, ask(url, body)), requests))
    sizes = [int(look(url, of(log))[1].split("\n")[1])]

    co_signed = {
        int(re.findall(r"\n(\d+)\n", body)[0]) for body, answer in seen if answer[0] == 200
    }
    assert sizes[0] == max(co_signed, default=0)
    assert {answer[0] for _body, answer in seen} <= {200, 409}


@pytest.mark.slow
def test_a_stranger_to_himaya_can_use_it(tmp_path, log):
    """With no installation, no environment of ours, and from another directory."""

    def use(*arguments):
        command = [sys.executable, str(PROGRAM), *arguments]
        how = {"capture_output": True, "text": True}
        return subprocess.run(command, cwd=tmp_path, env={}, check=False, **how)

    assert use("init", "w", "somebody.example/w").returncode == 0
    assert use("init", "w", "somebody.example/w").returncode == 1
    assert use("trust", "w", log.key.written()).returncode == 0
    key = use("key", "w").stdout
    assert second.parse_vkey(key)[0] == "somebody.example/w"
    (port,) = free_ports(1)
    with witnesses.running(tmp_path / "w", port):
        assert use("run", "w", "--port", str(port)).returncode == 1  # one process a directory
        status, line, _kind = ask(f"http://127.0.0.1:{port}", log.request(0))
    assert status == 200
    assert use("show", "w").stdout == log.note() + line + "\n"
    assert oct((tmp_path / "w" / "key").stat().st_mode)[-3:] == "600"


def grow_and_ask(log, url, answered, stop):
    """A log that grows and asks again and again, and remembers what was co-signed."""
    while not stop.is_set():
        with suppress(OSError, HTTPException):
            found = look(url, of(log))
            seen = int(found[1].split("\n")[1]) if found[0] == 200 else 0
            log.grow(1)
            if ask(url, log.request(seen))[0] == 200:
                answered.append(log.tiles.size)


@pytest.mark.slow
def test_killed_at_any_moment_it_knows_what_it_co_signed(tmp_path, log, witness):
    """Whatever it answered for, it has: so it can never co-sign a tree without that."""
    (port,) = free_ports(1)
    url, answered, stop = f"http://127.0.0.1:{port}", [0], threading.Event()
    asking = threading.Thread(target=grow_and_ask, args=(log, url, answered, stop))
    chance = random.Random(20261122)
    kept = []
    for number in range(4):
        with witnesses.running(witness.directory, port) as process:
            if not number:
                asking.start()
            stop.wait(chance.uniform(0.02, 0.25))
            process.kill()
            process.wait()
        note = witness.newest(sha256(log.origin.encode()).hexdigest())
        kept.append(
            second.parse_checkpoint(note.split("\n\n")[0].encode() + b"\n")[1] if note else 0
        )
        assert kept[-1] >= answered[-1]
        if note:
            second.check_cosignature(note.encode(), witness.vkey())
    stop.set()
    asking.join()

    assert kept == sorted(kept)
    assert answered[-1] > 0
