"""The doctor says when a door is set up and silent, or open to whoever listens on the way."""

import os
import time

import pytest

from himaya.doors import standing
from himaya.installation.doctor.doors import doors_are_open
from himaya.installation.place import Place
from himaya.web.findings import line

MAILBOX = 'host = "{host}"\nuser = "u"\npassword = "p"\naddress = "a@b.example"\n'
GATEWAY = f'[sms]\nadapter = "plain"\nsecret = "{"ab" * 32}"\n'
DAY = 24 * 60 * 60


@pytest.fixture
def place(tmp_path):
    made = Place(tmp_path / "data")
    made.make()
    return made


def found(place):
    return [finding.code for finding in doors_are_open(place)]


def test_doors_that_are_not_set_up_are_not_missed(place):
    assert found(place) == []


def test_a_mailbox_that_is_never_reached_is_a_danger(place):
    (place.secrets / "mailbox.toml").write_text(MAILBOX.format(host="imap.example"))
    assert found(place) == ["doors.mailbox_away", "doors.silent"]

    standing.looked(standing.MAILBOX, place.data)
    standing.arrived(standing.MAILBOX, place.data)
    assert found(place) == []

    at = time.time() - DAY
    os.utime(place.data / "doors" / "mailbox.looked", (at, at))
    assert found(place) == ["doors.mailbox_away"]


def test_an_open_line_to_another_machine_is_a_danger(place):
    content = MAILBOX + 'protection = "none"\n'
    (place.secrets / "mailbox.toml").write_text(content.format(host="imap.example"))
    assert "doors.mailbox_open_line" in found(place)

    (place.secrets / "mailbox.toml").write_text(content.format(host="localhost"))
    assert "doors.mailbox_open_line" not in found(place)


def test_a_gateway_that_has_fallen_silent_is_told_of(place):
    (place.secrets / "gateways.toml").write_text(GATEWAY)
    standing.arrived("sms", place.data)
    assert found(place) == []

    at = time.time() - 15 * DAY
    os.utime(place.data / "doors" / "sms.arrived", (at, at))
    (silent,) = doors_are_open(place)
    assert "sms" in line(silent.code, silent.grade, silent.facts).sentence
