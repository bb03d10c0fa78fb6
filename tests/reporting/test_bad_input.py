"""What people and machines send that nobody planned for."""

import re
from unittest import mock

import pytest
from django.test import Client
from django.utils import timezone

from himaya.reporting.conversation import conversation_of
from himaya.reporting.models import Report
from himaya.reporting.operations.read import read
from himaya.reporting.public import reply
from himaya.reporting.public.upload import LARGEST_BEGUN
from himaya.reporting.receipts import open_receipt
from himaya.reporting.rules import LARGEST_FILES, LONGEST_TEXT
from himaya.vault.models import Compartment, Sealed
from tests.factories.visitor import Visitor, a_file

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LANGUAGES = {
    "ar": "أخذ صاحب العمل جواز سفري.",
    "en": "The employer took my passport.",
    "hi": "मालिक ने मेरा पासपोर्ट ले लिया।",
    "ur": "مالک نے میرا پاسپورٹ لے لیا۔",
    "bn": "মালিক আমার পাসপোর্ট নিয়ে গেছে।",
    "ne": "मालिकले मेरो राहदानी लियो।",
    "fil": "Kinuha ng amo ang aking pasaporte.",
    "ml": "ഉടമ എൻ്റെ പാസ്പോർട്ട് എടുത്തു.",
    "ta": "முதலாளி என் கடவுச்சீட்டை எடுத்துக்கொண்டார்.",
    "si": "හාම්පුතා මගේ ගමන් බලපත්‍රය ගත්තා.",
    "am": "አሠሪዬ ፓስፖርቴን ወሰደ።",
    "id": "Majikan mengambil paspor saya.",
}
MIXED = (
    "رقم الهاتف \u2066+965 1234\u2069 عند \u202bMr. X\u202c؛\nthen שלום and עוד\u200f (5).",
    "=1+1\n@SUM(A1)\t'\"<script>alert(1)</script>&amp;\u200d\U0001f1f5\U0001f1ed",
    "\n\n  leading lines and spaces  \n",
    "e\u0301 and é are different letters to a machine; \ufeff too.",
)


def opened_by(desk):
    report = Report.objects.get()
    at = timezone.now()
    return read(
        actor=desk.actor, keyring=desk.keyring, report_id=report.pk, at=at, reason="day_list"
    )


def nothing_is_stored():
    return not (Report.objects.exists() or Compartment.objects.exists() or Sealed.objects.exists())


def test_an_empty_report_is_refused_in_one_sentence(visitor, intake):
    visitor.send()

    assert visitor.response.status_code == 422
    assert "There is nothing to send yet." in visitor.page.text
    assert nothing_is_stored()


@pytest.mark.parametrize("answer", [{"story": "x"}, {"danger": "unknown"}, {"file": a_file()}])
def test_words_or_a_file_or_an_answer_about_danger_is_enough(visitor, intake, answer):
    visitor.send(**answer)

    assert visitor.response.status_code == 200
    assert Report.objects.count() == 1


@pytest.mark.parametrize("letter", ["a", "م", "ක", "😀"])
def test_a_megabyte_of_text_is_refused_and_kept_on_the_page(visitor, intake, letter):
    words = letter * (1024 * 1024)

    visitor.begin().press("report", story=words)

    assert visitor.response.status_code == 422
    over = len(words) - LONGEST_TEXT
    assert f"{over} letters too long" in visitor.page.text.replace(",", "")
    assert visitor.page.forms["report"].fields["story"] == [words]
    assert nothing_is_stored()


def test_a_megabyte_of_text_in_a_form_of_the_old_kind_is_refused_too(visitor, intake):
    visitor.begin()
    carried = visitor.page.forms["report"].fields["carried"][0]

    body = f"carried={carried}&story={'%D9%85' * 1024 * 1024}"
    visitor.raw("/2", body.encode(), "application/x-www-form-urlencoded")

    assert visitor.response.status_code in {413, 422}
    assert nothing_is_stored()


def test_the_longest_text_that_is_allowed_arrives_whole(visitor, intake):
    words = "😀" * LONGEST_TEXT

    visitor.send(story=words)

    assert opened_by(intake).story == words


def test_nul_is_left_out_and_the_page_says_so(visitor, intake):
    visitor.begin().press("report", story="before\x00after")
    assert "held a sign that cannot be kept" in visitor.page.text

    visitor.press("report").press("report")

    assert opened_by(intake).story == "beforeafter"


@pytest.mark.parametrize("words", [*LANGUAGES.values(), *MIXED])
def test_every_script_and_direction_comes_back_as_it_was_written(visitor, intake, words):
    visitor.send(story=words, contact_how=words.replace("\n", " "))

    opened = opened_by(intake)

    assert opened.story == words
    assert opened.contact.how == words.replace("\n", " ")


@pytest.mark.parametrize("words", MIXED)
def test_words_that_must_be_changed_stand_in_the_page_as_they_were_written(visitor, intake, words):
    visitor.begin().press("report", story=words).press("report", to="/1")

    assert visitor.page.forms["report"].fields["story"] == [words]


def test_a_file_over_the_limit_is_refused_unread_and_the_words_stay(visitor, intake):
    visitor.begin().press("report", story="canary words").press("report")

    visitor.press("report", file=a_file(b"x" * (LARGEST_FILES + 3 * 1024 * 1024)))

    assert visitor.response.status_code == 413
    assert "The file is too large" in visitor.page.text
    assert "canary words" in visitor.page.text
    assert nothing_is_stored()
    visitor.press("report")
    assert opened_by(intake).story == "canary words"


def test_a_file_just_over_the_limit_is_refused_too(visitor, intake):
    visitor.begin().press("report", story="canary words").press("report")

    visitor.press("report", file=a_file(b"x" * (LARGEST_FILES + 1)))

    assert (visitor.response.status_code, nothing_is_stored()) == (413, True)
    assert "canary words" in visitor.page.text


def test_a_file_of_the_largest_size_arrives_whole(visitor, intake):
    content = bytes(range(256)) * (LARGEST_FILES // 256)

    visitor.send(file=a_file(content))

    assert opened_by(intake).files[0].file.content == content


def test_far_too_much_is_refused_before_anything_is_read(reporters_site):
    class Unread:
        def read(self, *_size):
            raise AssertionError("the body was read")

        readline = read

    response = Client().generic(
        "POST",
        "/4",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(LARGEST_BEGUN + 1),
        **{"wsgi.input": Unread()},
    )

    (said,) = re.findall('role="alert">([^<]+)', response.content.decode())
    assert response.status_code == 413
    assert said.startswith("This was far too large, so we did not read it.")


@pytest.mark.parametrize("number", ["", "1234", "9" * 20, "9" * 5000, "٩" * 20, "'; DROP TABLE--"])
def test_a_wrong_receipt_is_told_in_one_sentence(visitor, intake, number):
    visitor.get("/5").press("reply", number=number)

    assert visitor.response.status_code == 200
    assert "This number opens nothing." in visitor.page.text


def test_a_wrong_receipt_cannot_be_told_from_a_right_one_by_the_length(visitor, intake):
    visitor.send(story="Words.")
    answers = []
    for number in (visitor.receipt, "9" * 20):
        stranger = Visitor()
        stranger.get("/5").press("reply", number=number)
        answers.append((stranger.response.status_code, len(stranger.response.content)))

    assert answers[0] == answers[1]


@pytest.mark.parametrize("known", [True, False])
def test_a_wrong_receipt_costs_as_much_work_as_a_right_one(visitor, intake, known):
    number = visitor.send(story="Words.").receipt if known else "9" * 20
    with (
        mock.patch.object(reply, "open_receipt", wraps=open_receipt) as hashed,
        mock.patch.object(reply, "conversation_of", wraps=conversation_of) as looked_up,
    ):
        visitor.get("/5").press("reply", number=number)

    assert (hashed.call_count, looked_up.call_count) == (1, 1)


@pytest.mark.parametrize("carried", ["", "garbage", "A" * 5000, "ÿ"])
def test_send_without_what_should_have_travelled_says_that_nothing_was_sent(
    visitor, intake, carried
):
    visitor.post("/4", {"carried": carried})

    assert visitor.response.status_code == 422
    assert "nothing was sent" in visitor.page.text
    assert nothing_is_stored()


def test_words_stay_when_what_travelled_has_expired(visitor, intake):
    visitor.post("/2", {"carried": "expired", "story": "canary words"})

    visitor.press("report").press("report")

    assert opened_by(intake).story == "canary words"


@pytest.mark.parametrize("path", ["/1", "/2", "/3", "/4", "/5", "/6", "/7", "/8", "/9", "/"])
@pytest.mark.parametrize(
    "body",
    [
        ("application/json", b"{"),
        ("multipart/form-data; boundary=", b""),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("application/x-www-form-urlencoded", b"%ff=%00&story=%ed%a0%80&number=%f0"),
        ("text/plain; charset=nonsense", b"story=x"),
    ],
)
def test_no_nonsense_brings_a_page_down(visitor, intake, path, body):
    visitor.client.raise_request_exception = True
    content_type, content = body

    visitor.raw(path, content, content_type)

    assert visitor.response.status_code < 500
    assert Report.objects.count() == 0
