"""`himaya import hsds` and `himaya export hsds`: what they print, how they end, what they weigh."""

import io
import json
import tracemalloc
from argparse import ArgumentParser, Namespace
from pathlib import Path

import pytest

from himaya.directory.hsds.schema import faults_of
from himaya.directory.hsds.stream import CHUNK, services_of
from himaya.directory.models import Service
from himaya.installation.commands import exports, imports
from himaya.installation.failure import Failure
from himaya.installation.work import services_in, services_out
from tests.factories.services import handed_out, key, service

pytestmark = pytest.mark.slow
MANY = 6_000
MOST_MEMORY = 40 * CHUNK  # some copies of what is read at once, whatever the file's length


def options(command, *arguments: object) -> Namespace:
    parser = ArgumentParser()
    command.add(parser)
    return parser.parse_args([str(argument) for argument in arguments])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "services.json"
    bad = {**service("Bad one"), "status": "open"}
    path.write_text(json.dumps({"services": [service(fees="none"), bad]}, indent=1))
    return path


def test_json_has_the_counts_what_was_left_out_and_every_rejection(db, file, capsys):
    assert services_in.run(options(imports, "hsds", file, "--json")) == 0
    first = json.loads(capsys.readouterr().out)
    assert services_in.run(options(imports, "hsds", file, "--json")) == 0
    second = json.loads(capsys.readouterr().out)

    (rejection,) = first.pop("rejections")
    assert rejection["pointer"] == "/services/1/status"
    assert first == {
        "read": 2,
        "stored": 1,
        "changed": 0,
        "duplicate": 0,
        "rejected": 1,
        "left_out": ["service.fees"],
    }
    assert (second["stored"], second["duplicate"]) == (0, 1)


def test_people_get_a_table_and_the_rejected_services_beside_it(db, file, capsys):
    services_in.run(options(imports, "hsds", file))
    out, err = capsys.readouterr()

    assert [line.split()[:2] for line in out.splitlines()[:2]] == [["read", "2"], ["stored", "1"]]
    assert "not kept: service.fees" in out
    assert ", /services/1/status: must be one of active" in err


def test_a_file_without_a_good_service_ends_with_an_error(db, tmp_path):
    path = tmp_path / "bad.json"
    path.write_text("[3]")

    assert services_in.run(options(imports, "hsds", path, "--json")) == 1


def test_a_file_that_is_no_json_is_one_sentence_and_leaves_nothing(db, tmp_path):
    path = tmp_path / "services.csv"
    path.write_text("id,name\n1,A\n")

    with pytest.raises(Failure, match="this is no JSON list of services") as failure:
        services_in.run(options(imports, "hsds", path))

    assert str(path) in str(failure.value)
    assert not Service.objects.exists()


def test_an_export_is_written_once_and_never_over_a_file(db, file, tmp_path, monkeypatch):
    monkeypatch.setattr(
        services_out, "AT_ONE_MOMENT", "SELECT 1"
    )  # a test is a transaction already
    services_in.run(options(imports, "hsds", file, "--json"))
    path = tmp_path / "out.json"

    assert services_out.run(options(exports, "hsds", "-o", path)) == 0
    assert json.loads(path.read_text()) == handed_out()
    with pytest.raises(Failure, match="is there already"):
        services_out.run(options(exports, "hsds", "-o", path))
    with pytest.raises(Failure, match="cannot be written"):
        services_out.run(options(exports, "hsds", "-o", tmp_path / "none" / "out.json"))


class Endless(io.RawIOBase):
    """A file of many services that is written while it is read."""

    def __init__(self, number: int) -> None:
        one = json.dumps(service("One", phones=[{"id": key("p"), "number": "1"}])).encode()
        self.parts = (b"[" if not n else b",\n" for n in range(number))
        self.one, self.left, self.ended = one, b"", False

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while len(self.left) < size and not self.ended:
            part = next(self.parts, None)
            self.ended = part is None
            self.left += b"]" if part is None else part + self.one
        found, self.left = self.left[:size], self.left[size:]
        return found


def test_ten_times_as_many_services_are_read_in_the_same_memory():
    tracemalloc.start()
    try:
        number = sum(1 for _found in services_of(Endless(MANY // 10)))
        few = tracemalloc.get_traced_memory()[1]
        tracemalloc.reset_peak()
        number += sum(1 for _found in services_of(Endless(MANY * 9 // 10)))
        many = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert number == MANY
    assert many < MOST_MEMORY
    assert many < few * 1.5


def test_what_is_read_is_what_the_schema_takes():
    (found,) = services_of(Endless(1))

    assert list(faults_of(found.value)) == []
