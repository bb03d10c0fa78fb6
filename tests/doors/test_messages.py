"""Gateways hand messages over: signed, now, each once; and nobody is answered who did not ask."""

import json
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from himaya.doors import intake as taking
from himaya.doors.counting import Share
from himaya.doors.messages import signing, views
from himaya.doors.models import Seen
from himaya.doors.operations import forget_seen
from himaya.installation.clock import now
from himaya.kernel.access import job
from himaya.packs.loader import current
from himaya.reporting.models import Report
from himaya.reporting.operations.read import read
from tests.factories.canary import look_for
from tests.factories.roles import as_role
from tests.factories.threats import threat

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("db")]
SECRET = "ab" * 32
SETTINGS = f"""
[sms]
adapter = "plain"
secret = "{SECRET}"
language = "ar"
[flow]
adapter = "rapidpro"
secret = "{"cd" * 32}"
"""
STORY = "canary-text-story-7f3a"
NUMBER = "+96555550100"
ZONE = ZoneInfo(current().calendar.time_zone)
MESSAGE = {"id": "1", "from": NUMBER, "text": STORY}
CALL = {
    "contact": {"uuid": "u", "name": "canary-name", "urn": f"tel:{NUMBER}", "language": "hin"},
    "flow": {"uuid": "f", "name": "x"},
    "input": {
        "uuid": "i-1",
        "text": "1",
        "attachments": ["image/jpeg:https://files.example/1.jpg"],
    },
    "results": {
        "story": {"value": STORY, "category": "All"},
        "danger": {"value": "now"},
        "persons": {"value": "many"},
        "agencies": {"value": "nobody_knows"},
    },
}


@pytest.fixture
def site(intake, reporters_site, monkeypatch):
    """The reporters' site, with two gateways set up."""
    monkeypatch.setattr(views, "SHARE", Share(most=1000))
    monkeypatch.setattr(taking, "MUCH", Share(most=1000))
    file = Path(settings.SECRETS / "gateways.toml")
    file.write_text(SETTINGS)
    yield intake
    file.unlink()


def signed(body: bytes, *, door: str = "sms", secret: str = "", moment: float = 0, nonce: str = ""):
    known = {"sms": SECRET, "flow": "cd" * 32}
    made = bytes.fromhex(secret or known.get(door, SECRET))
    nonce = nonce or f"{time.monotonic_ns():032d}"
    return signing.signature(made, door, int(moment or time.time()), nonce, body)


def send(message: object = None, *, door: str = "sms", header: str | None = None, **how: object):
    """One message, as a gateway sends it, with the rights of the reporters' site."""
    body = message if isinstance(message, bytes) else json.dumps(message or MESSAGE).encode()
    value = signed(body, door=door, **how) if header is None else header
    with as_role("public"):
        return Client(raise_request_exception=False).post(
            f"/in/{door}", body, "application/json", headers={signing.HEADER: value}
        )


def opened(officer):
    return read(
        actor=officer.actor,
        keyring=officer.keyring,
        report_id=Report.objects.get().pk,
        at=timezone.now(),
        reason="day_list",
    )


def test_a_message_is_sealed_for_the_desk_with_the_number_it_came_from(site):
    answer = send()

    assert (answer.status_code, answer.json()) == (200, {"stored": True, "answer": None})
    report = Report.objects.get()
    assert (report.channel, report.language, report.danger) == ("sms", "ar", [])
    assert (opened(site).story, opened(site).contact.how) == (STORY, NUMBER)


def test_a_flow_gives_its_results_as_answers_and_an_unknown_one_is_left_out(site):
    answer = send(CALL, door="flow")

    assert answer.json() == {"stored": "yes", "answer": ""}
    report = Report.objects.get()
    assert (report.language, report.danger, report.persons) == ("hi", ["now"], "")
    assert opened(site).story.startswith(f"{STORY}\n1\nimage/jpeg:https://")
    assert "canary-name" not in opened(site).story


def test_the_same_message_twice_is_one_report(site):
    assert [send().status_code, send().status_code] == [200, 200]
    assert Report.objects.count() == 1


@contextmanager
def nothing_remembered():
    with mock.patch.object(views, "see"):
        yield


@threat("C2", off=nothing_remembered)
def test_a_copy_of_a_request_is_not_taken_again(site):
    body = json.dumps(MESSAGE).encode()
    header = signed(body)
    assert send(body, header=header).status_code == 200

    again = send(body, header=header)

    assert (again.status_code, again.json().get("code")) == (409, "doors.replayed")


def test_a_request_that_was_not_stored_may_come_again_as_it_is(site):
    body = json.dumps(MESSAGE).encode()
    header = signed(body)
    with mock.patch.object(views, "take", side_effect=OperationalError(STORY)):
        assert send(body, header=header).status_code == 503

    assert send(body, header=header).status_code == 200


@pytest.mark.parametrize(
    "how",
    [
        {"header": ""},
        {"header": "t=1,n=abcdefghijklmnop,v1=zz"},
        {"header": "ا"},
        {"secret": "00" * 32},
        {"door": "nobody"},
        {"door": "nobody", "secret": "00" * 32},
    ],
)
def test_whoever_cannot_sign_learns_nothing_not_even_which_doors_there_are(site, how):
    header = how.get("header")
    if header and not header.isascii():
        how = {"header": header.encode().decode("latin-1")}
    answer = send(**how)

    assert (answer.status_code, answer.json()["code"]) == (401, "doors.not_signed")
    assert not Report.objects.exists()


def test_a_signature_holds_for_its_body_and_its_door_alone(site):
    header = signed(json.dumps(MESSAGE).encode())

    assert send({**MESSAGE, "text": "other"}, header=header).status_code == 401
    assert send(MESSAGE, door="flow", header=header).status_code == 401


@pytest.mark.parametrize(("seconds", "status"), [(-400, 401), (-200, 200), (200, 200), (400, 401)])
def test_a_request_counts_only_near_its_own_time(site, seconds, status):
    assert send(moment=time.time() + seconds).status_code == status


def test_what_was_seen_is_forgotten_when_a_copy_would_be_too_old(site):
    send()
    with as_role("worker"):
        assert forget_seen(actor=job("mailbox"), at=now()) == 0
    Seen.objects.update(until=now() - timedelta(seconds=1))
    with as_role("worker"):
        assert forget_seen(actor=job("mailbox"), at=now()) == 1


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"id": ""}', b'{"id": "1", "x": 1}', b"\xff"])
def test_a_body_of_another_form_is_refused(site, body):
    answer = send(body)

    assert (answer.status_code, answer.json()["code"]) == (422, "doors.not_read")


def test_limits(site, monkeypatch):
    assert send(b"x" * (300 * 1024)).status_code == 413
    assert send({"id": "1"}).json()["code"] == "reporting.nothing_said"
    monkeypatch.setattr(views, "SHARE", Share(most=0))
    assert (send().status_code, send().headers["Retry-After"]) == (429, "60")
    assert Client().get("/in/sms").status_code == 405


@threat("C4", off=lambda: mock.patch.object(taking.MUCH, "allows", return_value=True))
def test_one_number_that_floods_stands_behind_and_is_refused_nothing(site, monkeypatch):
    monkeypatch.setattr(taking.MUCH, "most", 2)
    for number in range(4):
        assert send({**MESSAGE, "id": str(number)}).status_code == 200
    send({**MESSAGE, "id": "5", "from": "+96555550199"})

    assert Report.objects.filter(set_back=True).count() == 2


def everybody_is_answered():
    return mock.patch.object(views, "may_answer", return_value=True)


@threat("A4", off=everybody_is_answered)
def test_nobody_is_answered_who_did_not_choose_it(site):
    assert send().json()["answer"] is None


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_answer_is_neutral_and_in_the_persons_language(site, language):
    answers = {"contact_channel": "text", "contact_hours": "00-24"}
    said = send({**MESSAGE, "language": language, "answers": answers}).json()["answer"]

    assert said == views.wording("received").in_language(language)[1]
    assert STORY not in said


def test_no_log_tells_of_whoever_wrote(site, capfd, caplog):
    caplog.set_level("DEBUG", logger="himaya")
    send()
    send({**MESSAGE, "canary": STORY})
    for fault in (OperationalError(STORY), RuntimeError(STORY)):
        with mock.patch.object(views, "take", side_effect=fault):
            assert send().status_code in {500, 503}

    printed = "".join(capfd.readouterr()) + caplog.text
    assert look_for([STORY, NUMBER, "canary"], [("logs", printed.encode())]).places == []
