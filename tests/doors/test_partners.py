"""Partners hand reports over: once each, with a key, and told in one sentence when they cannot."""

import json
from base64 import b64encode
from datetime import timedelta
from unittest import mock

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from himaya.doors.errors import NameTaken, NoSuchPartner
from himaya.doors.models import PartnerKey
from himaya.doors.partners import api
from himaya.doors.partners.operations import add_partner, revoke_keys, rotate_key
from himaya.doors.partners.queries import standing_of_partners
from himaya.kernel.access import job
from himaya.packs.loader import current
from himaya.reporting.conversation import conversation_of
from himaya.reporting.models import Report
from himaya.reporting.operations.read import read
from himaya.reporting.receipts import digits_in, open_receipt
from tests.factories.canary import look_for
from tests.factories.roles import as_role
from tests.factories.threats import threat

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("db")]
OPERATOR = job("operator")
STORY = "canary-partner-story-7f3a"
NAME = "a-name-of-ours-0001"
WHOLE = {
    "language": "tl",
    "role": "work",
    "story": STORY,
    "danger": "now",
    "child": "yes",
    "persons": "2-5",
    "involved": "not_sure",
    "contact": {"channel": "text", "how": "+965 5555 0100", "hours": "17-22", "say": "the shop"},
    "files": [
        {"name": "صورة.jpg", "kind": "image/jpeg", "content": b64encode(b"picture").decode()}
    ],
}


@pytest.fixture
def key(intake, reporters_site, monkeypatch) -> str:
    monkeypatch.setattr(api, "SHARE", api.Share(most=1000))
    return add_partner(actor=OPERATOR, name="A shelter", at=timezone.now()).key


def send(key: str, body: object = None, *, name: str = NAME, **headers: str):
    """One report, as a partner's system sends it, with the rights of the reporters' site."""
    content = body if isinstance(body, bytes) else json.dumps(body or WHOLE).encode()
    said = {"Authorization": f"Bearer {key}", "Idempotency-Key": name, **headers}
    with as_role("public"):
        return Client(raise_request_exception=False).post(
            "/api/v1/reports", content, "application/json", headers=said
        )


def test_a_report_arrives_whole_and_its_number_opens_the_conversation(intake, key):
    answer = send(key)

    assert answer.status_code == 201
    report = Report.objects.get()
    assert (report.channel, report.danger, report.child) == ("partner", ["now"], "yes")
    assert (report.role, report.persons, report.involved) == ("work", "2-5", "not_sure")
    with as_role("public"):
        found = conversation_of(open_receipt(digits_in(answer.json()["number"])))
    assert found.report_id == report.pk


def test_the_desk_reads_every_word_and_file(intake, key):
    send(key, WHOLE | {"involved": "", "danger": ""})

    opened = read(
        actor=intake.actor,
        keyring=intake.keyring,
        report_id=Report.objects.get().pk,
        at=timezone.now(),
        reason="day_list",
    )
    assert opened.story == STORY
    assert (opened.contact.how, opened.contact.hours) == ("+965 5555 0100", "17-22")
    assert [each.file.content for each in opened.files] == [b"picture"]


def test_the_same_again_is_one_report_with_the_same_number(key):
    first, again = send(key), send(key)

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["number"] == again.json()["number"]
    assert Report.objects.count() == 1


def test_other_words_under_the_same_name_are_refused_and_another_partners_name_is_free(key):
    send(key)
    other = send(key, WHOLE | {"story": "other words"})
    assert (other.status_code, other.json()["code"]) == (409, "doors.other_report")

    second = add_partner(actor=OPERATOR, name="An embassy", at=timezone.now()).key
    assert send(second).status_code == 201


@pytest.mark.parametrize("name", ["", "short", "x" * 129, "with a space in it", "ا" * 20])
def test_without_a_name_of_its_own_nothing_is_stored(key, name):
    answer = send(key, name=name)

    assert answer.status_code in {400, 422}
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer x", "Basic x", f"Bearer hmyp_{'a' * 43}", "Bearer ا"]
)
def test_without_a_key_in_force_nothing_is_read(key, authorization):
    answer = send(key, Authorization=authorization.encode().decode("latin-1"))

    assert answer.status_code == 401
    assert answer.json()["code"] == "doors.no_such_key"


def test_a_key_ends_by_time_by_revocation_and_two_weeks_after_the_next(key):
    at = timezone.now()
    following = rotate_key(actor=OPERATOR, name="A shelter", at=at).key
    assert send(key).status_code == 201
    assert send(following).status_code == 200
    assert [until for _name, until in standing_of_partners(at)] == [at + timedelta(days=365)]

    PartnerKey.objects.filter(expires_at__lt=at + timedelta(days=15)).update(
        made_at=at - timedelta(days=2), expires_at=at - timedelta(days=1)
    )
    assert send(key).status_code == 401
    assert revoke_keys(actor=OPERATOR, name="A shelter", at=at) == 1
    assert send(following).status_code == 401
    assert list(standing_of_partners(at)) == [("A shelter", None)]


def test_a_partner_is_added_once_and_must_be_there_to_be_given_a_key(key):
    with pytest.raises(NameTaken):
        add_partner(actor=OPERATOR, name="A shelter", at=timezone.now())
    with pytest.raises(NoSuchPartner):
        rotate_key(actor=OPERATOR, name="Nobody", at=timezone.now())


def test_no_key_lies_in_the_table(key):
    kept = repr([bytes(row.digest) for row in PartnerKey.objects.all()])

    assert key not in kept


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"danger": "perhaps"}, "danger"),
        ({"agencies": ["nobody_knows"]}, "agencies"),
        ({"language": ""}, "language"),
        ({"contact": {"how": "x" * 501}}, "contact.how"),
        ({"contact": {"hours": "always"}}, "contact.hours"),
        ({"files": [{"name": "x", "content": "no base64!"}]}, "files.content"),
        ({"story": "\ud800"}, "story"),
        ({"canary-field": "canary-word"}, "body"),
    ],
)
def test_a_field_that_is_wrong_is_named_and_its_words_are_not_repeated(key, wrong, where):
    answer = send(key, WHOLE | wrong)

    assert (answer.status_code, answer.json()["code"]) == (422, "doors.not_answerable")
    assert answer.json()["where"] == where
    assert "canary" not in answer.content.decode()
    assert not Report.objects.exists()


def test_who_names_an_office_means_it(key):
    office = next(each.id for each in current().agencies if each.nameable)
    send(key, WHOLE | {"involved": "nobody", "agencies": [office]})

    report = Report.objects.get()
    assert (report.involved, report.involved_agencies) == ("agency", [office])


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff", b'{"story": 1}', b"1" * 5000])
def test_a_body_that_is_no_report_is_one_clear_sentence(key, body):
    answer = send(key, body)

    assert answer.status_code == 422
    assert set(answer.json()) == {"code", "sentence", "where"}


def test_an_empty_report_is_refused_and_one_that_is_too_large_is_not_read(key):
    empty = send(key, {"language": "en"})
    assert (empty.status_code, empty.json()["code"]) == (422, "reporting.nothing_said")

    large = send(key, b'{"language": "en", "story": "' + b"x" * (9 * 1024 * 1024) + b'"}')
    assert (large.status_code, large.json()["code"]) == (413, "doors.too_large")


@threat("C4", off=lambda: mock.patch.object(api.Share, "allows", return_value=True))
def test_one_partner_cannot_send_without_end_and_is_told_when_to_go_on(key, monkeypatch):
    monkeypatch.setattr(api, "SHARE", api.Share(most=1))
    send(key)

    answer = send(key, name="another-name-of-ours")

    assert (answer.status_code, answer.headers.get("Retry-After")) == (429, "60")
    assert Report.objects.count() == 1


def test_while_the_database_is_away_nothing_is_promised(key):
    with mock.patch.object(api, "file", side_effect=OperationalError(STORY)):
        answer = send(key)

    assert (answer.status_code, answer.json()["code"]) == (503, "doors.not_now")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_sentence_is_in_the_language_that_is_asked_for(key, language):
    answer = send("wrong", **{"Accept-Language": language})

    assert ("مفتاح" in answer.json()["sentence"]) == (language == "ar")


def test_no_log_tells_of_a_partner_or_of_what_was_sent(key, capfd, caplog):
    caplog.set_level("DEBUG", logger="himaya")
    send(key)
    send(key, WHOLE | {"story": STORY + "x"})
    send(key, b"{" + STORY.encode())
    with mock.patch.object(api, "file", side_effect=RuntimeError(STORY)):
        assert send(key, name="another-name-of-ours").status_code == 500

    printed = "".join(capfd.readouterr()) + caplog.text
    assert look_for([STORY, key, "A shelter", NAME], [("logs", printed.encode())]).places == []


def test_the_document_describes_what_is_there_and_needs_no_key(reporters_site):
    document = Client().get("/api/v1/openapi.json").json()

    post = document["paths"]["/api/v1/reports"]["post"]
    assert {"200", "201", "401", "409", "413", "422", "429", "503"} <= set(post["responses"])
    assert "Idempotency-Key" in [each["name"] for each in post["parameters"]]
    assert document["components"]["schemas"]["Report"]["properties"].keys() == WHOLE.keys() | {
        "agencies"
    }
    assert Client().get("/api/v1/docs").status_code == 404


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.dictionaries(st.sampled_from([*WHOLE, "agencies", "other"]), VALUES, min_size=1))
def test_whatever_is_sent_the_answer_is_one_that_the_document_promises(key, changes):
    answer = send(key, WHOLE | {"files": []} | changes, name="x" * 20)

    assert answer.status_code in {200, 201, 409, 422}
    said = set(answer.json())
    assert said in ({"number", "sentence"}, {"code", "sentence", "where"})
