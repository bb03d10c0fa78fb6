"""A serving process reaches what it was told of, and nothing else."""

import json
import socket
import subprocess
import sys

import pytest

from himaya.installation.egress import address_of
from tests.factories.threats import OFF, threat

TRY = """
import json, socket, sys
from himaya.installation.egress import allow_only
listed, tried, guarded = json.loads(sys.argv[1])
if guarded:
    allow_only([tuple(address) for address in listed])
found = []
for host, port in tried:
    try:
        socket.create_connection((host, port), timeout=5).close()
        found.append("reached")
    except PermissionError:
        found.append("not on the list")
    except OSError as error:
        found.append(type(error).__name__)
print(json.dumps(found))
"""


@pytest.fixture
def doors():
    """Two ports of this machine at which somebody listens."""
    with (
        socket.create_server(("127.0.0.1", 0)) as one,
        socket.create_server(("127.0.0.1", 0)) as two,
    ):
        yield one.getsockname()[1], two.getsockname()[1]


def reach(listed, tried, *, guarded=True):
    """What a fresh process that may reach `listed` finds when it tries."""
    command = [sys.executable, "-c", TRY, json.dumps([listed, tried, guarded])]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.slow
@threat("C11")
def test_only_what_is_listed_can_be_reached(doors, control):
    mine, foreign = doors
    tried = [("127.0.0.1", mine), ("127.0.0.1", foreign), ("localhost", foreign)]

    found = reach([("127.0.0.1", mine)], tried, guarded=control != OFF)

    assert found == ["reached", "not on the list", "not on the list"]


@pytest.mark.slow
def test_a_host_that_is_listed_by_its_name_is_looked_up_and_reached(doors):
    mine, foreign = doors

    found = reach([("localhost", mine)], [("localhost", mine), ("localhost", foreign)])

    assert found == ["reached", "not on the list"]


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://witness.example/himaya", ("witness.example", 443)),
        ("http://127.0.0.1:8123", ("127.0.0.1", 8123)),
        ("smtp://mail.example", ("mail.example", 25)),
    ],
)
def test_an_address_is_a_host_and_a_port(url, address):
    assert address_of(url) == address


def test_an_address_without_a_host_is_refused():
    with pytest.raises(ValueError, match="nowhere"):
        address_of("nowhere")


CONFINED = """
import os, resource, sys
from himaya.installation.confinement import confine
if sys.argv[1] == "confined":
    confine()
else:
    os.umask(0o022)
open(sys.argv[2], "w").close()
print(resource.getrlimit(resource.RLIMIT_CORE)[0], oct(os.stat(sys.argv[2]).st_mode & 0o777))
"""


@pytest.mark.slow
@threat("C9")
def test_a_confined_process_leaves_no_core_file_and_nothing_for_others(tmp_path, control):
    how = "free" if control == OFF else "confined"
    command = [sys.executable, "-c", CONFINED, how, str(tmp_path / "made")]

    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert said == "0 0o600\n"
