"""What a browser sealed ends in the same stored form; anything else is refused in one sentence."""

from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from himaya.kernel.access import REPORTERS_SITE
from himaya.reporting import opened as opening
from himaya.reporting.contents import Contact, Told
from himaya.reporting.envelopes import LARGEST_ENVELOPE, LONGEST_WORDS, Envelope
from himaya.reporting.errors import AlreadyReceived, NotAnEnvelope, OtherReaders
from himaya.reporting.models import Report
from himaya.reporting.operations.read import read
from himaya.reporting.operations.submit import submit
from himaya.reporting.receipts import numbers_of, open_receipt
from himaya.reporting.sealing import readers_for
from himaya.vault import arrived
from himaya.vault.errors import NotSealed
from himaya.vault.files import File
from himaya.vault.models import Compartment, CompartmentEpoch, Grant, Sealed
from himaya.vault.opened import Opened
from tests.factories import envelopes
from tests.factories.desks import desk_id
from tests.factories.moments import NOON
from tests.factories.reports import send
from tests.factories.visitor import Visitor

pytestmark = pytest.mark.django_db

SAID = Contact(how="a number", say="it is the shop")
PICTURE = File("photo.jpg", "image/jpeg", b"\xff\xd8picture")
CODES = Told(language="en", danger="now")


def sent(told: Told, content: bytes, seed: bytes = b"s" * 32) -> Report:
    """A report that a browser sealed, stored."""
    made = Envelope.from_bytes(content)
    report_id, digits = numbers_of(seed, told.canonical() + made.digest.encode())
    return submit(
        actor=REPORTERS_SITE,
        told=told,
        report_id=report_id,
        receipt=open_receipt(digits),
        at=NOON,
        envelope=made,
    )


def whole(told: Told = CODES, **said: object) -> bytes:
    """An envelope to the desks that these answers name."""
    return envelopes.envelope(envelopes.keys_of(told), contact=SAID, files=[PICTURE], **said)


def test_the_desk_reads_words_contact_and_files(intake):
    report = sent(CODES, whole(story="كلمات\nWords."))

    found = read(
        actor=intake.actor, keyring=intake.keyring, report_id=report.pk, at=NOON, reason="day_list"
    )

    assert (found.story, found.contact) == ("كلمات\nWords.", SAID)
    assert [attached.file for attached in found.files] == [PICTURE]
    assert found.unreadable == 0


def form_of(report: Report) -> list[object]:
    """Everything about the stored form of a report that does not change from one to the next."""
    kinds = Compartment.objects.filter(subject_id=report.pk).order_by("kind")
    return [
        (
            compartment.kind,
            [(epoch.number, len(epoch.mac)) for epoch in epochs_of(compartment)],
            sorted(
                (grant.desk_id, grant.reason, grant.dormant, arrived.content_length(grant.sealed))
                for grant in Grant.objects.filter(compartment=compartment)
            ),
            sorted(
                (item.name, arrived.content_length(item.content))
                for item in Sealed.objects.filter(compartment=compartment)
            ),
        )
        for compartment in kinds
    ] + [(report.desk_id, report.due_at, report.size_class)]


def epochs_of(compartment: Compartment) -> list[CompartmentEpoch]:
    """The key pairs of a compartment."""
    return list(CompartmentEpoch.objects.filter(compartment=compartment))


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"involved": "any_official"},
        {"involved": "not_sure"},
        {"involved": "agency", "agencies": ("pnc",)},
        {"involved": "agency", "agencies": ("pnc", "pp", "ndhr")},
    ],
)
def test_the_stored_form_and_the_desks_are_the_same_whoever_sealed(desks, answers):
    codes = Told(language="en", danger="now", **answers)
    clear = Told(
        language="en", danger="now", story="Words.", contact=SAID, files=(PICTURE,), **answers
    )

    assert form_of(sent(codes, whole(codes))) == form_of(send(clear).report)


def test_sealed_to_other_desks_than_the_answers_name_it_is_refused(desks):
    named = Told(language="en", danger="now", involved="agency", agencies=("pnc",))

    with pytest.raises(OtherReaders):
        sent(named, whole(CODES))

    assert not Report.objects.exists()


def test_the_same_envelope_sent_twice_is_one_report(intake):
    content = whole()
    sent(CODES, content)

    with pytest.raises(AlreadyReceived):
        sent(CODES, content)


def test_words_that_came_in_clear_before_the_script_began_are_kept_too(intake):
    told = Told(language="en", story="Before.", contact=Contact(when="at night"))

    report = sent(told, whole(told))
    found = read(
        actor=intake.actor, keyring=intake.keyring, report_id=report.pk, at=NOON, reason="day_list"
    )

    assert {*found.story.split("\n\n")} == {"Before.", "Words."}
    assert found.contact == Contact(how="a number", when="at night", say="it is the shop")


def spoiled() -> list[tuple[str, object]]:
    """Ways in which an envelope can be wrong, each made from a good one."""
    key = envelopes.part([], [])["public_key"]
    good = {
        "narrative": envelopes.part([], [("story", b"w")]),
        "contact": envelopes.part([], [("contact", b"{}")]),
    }

    def with_(part: str, **other: object) -> bytes:
        return envelopes.packed({**good, part: {**good[part], **other}})

    unpadded = envelopes.sealed(b"x", str(key))[:-1]
    plain = b"canary words in clear"
    return [
        ("nothing", b""),
        ("no manifest", b"\xff\xff\xff\xff"),
        ("no JSON", b"\0\0\0\2{]"),
        ("a list", b"\0\0\0\2[]"),
        ("a number", b"\0\0\0\1" + b"1"),
        ("a byte too many", envelopes.packed(good) + b"x"),
        ("a byte too few", envelopes.packed(good)[:-1]),
        ("no contact", envelopes.packed({"narrative": good["narrative"]})),
        ("no public key", with_("contact", public_key="age1canary")),
        ("words in clear", with_("narrative", contents=[("story", plain)])),
        ("not padded", with_("narrative", contents=[("story", unpadded)])),
        ("another name", with_("contact", contents=[("story", good["contact"]["contents"][0][1])])),
        ("two stories", with_("narrative", contents=good["narrative"]["contents"] * 2)),
        ("no story", with_("narrative", contents=[])),
        ("no key's id", with_("contact", grants=[("x", good["contact"]["contents"][0][1])])),
        ("deep", b"\0\0\x30\0" + b"[" * 0x3000),
        (
            "negative",
            with_("contact").replace(b'"contents": [["story", ', b'"contents": [["story", -'),
        ),
        ("far too long", bytes(LARGEST_ENVELOPE + 1)),
        (
            "an endless story",
            with_(
                "narrative", contents=[("story", envelopes.sealed(bytes(LONGEST_WORDS), str(key)))]
            ),
        ),
    ]


@pytest.mark.parametrize(("_how", "content"), spoiled(), ids=lambda value: str(value)[:20])
def test_what_is_no_envelope_is_refused(_how, content):
    with pytest.raises(NotAnEnvelope):
        Envelope.from_bytes(content)


@pytest.mark.slow
@given(st.binary(max_size=400), st.integers(0, 3000))
def test_a_change_anywhere_is_refused_or_still_an_envelope(noise, at):
    good = envelopes.envelope([], story="w")
    with suppress(NotAnEnvelope):
        Envelope.from_bytes(good[:at] + noise + good[at + len(noise) :])


@pytest.mark.parametrize("length", [1, 255, 257, 1000, 65535, 65536, 70001])
def test_the_length_of_a_sealed_thing_says_what_it_was_padded_to(length):
    key = str(envelopes.part([], [])["public_key"])

    arrived.check_sealed(envelopes.sealed(bytes(length), key))


def test_a_sealed_thing_cut_short_is_no_sealed_thing():
    key = str(envelopes.part([], [])["public_key"])
    whole_one = envelopes.sealed(b"w", key)

    for cut in (whole_one[:-1], whole_one[:60], b"", b"\n--- ", whole_one + b"xx"):
        with pytest.raises(NotSealed):
            arrived.check_sealed(cut)


def posted(visitor: Visitor, content: bytes, **answers: object) -> Visitor:
    """A browser with script: every page's coded answers, and the envelope at the end."""
    visitor.get("/1").press("report", seals="1", danger="now")
    visitor.press("report", seals="1", **answers)
    return visitor.press("report", seals="1", envelope=BytesIO(content))


def test_garbage_is_refused_in_one_sentence_and_the_page_stays(visitor, intake):
    posted(visitor, b"garbage")

    assert visitor.response.status_code == 422
    assert str(NotAnEnvelope.message) in visitor.page.text
    assert "report" in visitor.page.forms
    assert not Report.objects.exists()


def test_through_the_page_an_envelope_gives_a_receipt(visitor, intake):
    posted(visitor, whole())

    assert visitor.receipt
    assert Report.objects.get().desk_id == desk_id("pnc_intake")


def test_the_page_gives_the_keys_of_the_desks_that_the_answers_name(visitor, desks):
    visitor.get("/1").press("report", seals="1").press("report", seals="1", agencies=["pnc"])
    named = Told(language="en", involved="agency", agencies=("pnc",))

    page = visitor.response.content.decode()

    for key_id, key in envelopes.keys_of(named):
        assert key_id in page
        assert key in page
    assert envelopes.keys_of(CODES)[0][1] not in page


def test_without_script_no_key_is_asked_for(visitor, desks):
    visitor.get("/1").press("report").press("report")

    assert 'data-to=""' in visitor.response.content.decode()


def test_a_registrar_who_did_not_sign_leaves_the_browser_without_a_key(visitor, desks, monkeypatch):
    monkeypatch.setattr("himaya.vault.keys._signed", lambda *_said: False)

    visitor.get("/1").press("report", seals="1").press("report", seals="1")

    assert 'data-to=""' in visitor.response.content.decode()


def test_what_was_sealed_wrongly_hides_nothing_else(intake):
    keys = envelopes.keys_of(CODES)
    good = envelopes.part(keys, [("contact", SAID.to_bytes())])
    bad = envelopes.part(keys, [("story", b"w")])
    bad["grants"] = [(key_id, envelopes.sealed(b"no key", key)) for key_id, key in keys]
    report = sent(CODES, envelopes.packed({"narrative": bad, "contact": good}))

    found = read(
        actor=intake.actor, keyring=intake.keyring, report_id=report.pk, at=NOON, reason="day_list"
    )

    assert (found.story, found.contact, found.unreadable) == ("", SAID, 1)


@pytest.mark.parametrize("name", ["story", "contact", "file"])
@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[]", b"\xff\xff\xff\xff{}", b'{"x":1}'])
def test_anything_at_all_under_seal_can_be_shown(name, content):
    item = Opened(NOON, NOON, name, content, NOON)  # type: ignore[arg-type]  # ids do not count here

    found = opening.sorted_out([item])

    assert found.unreadable == (name != "story")


def test_the_readers_are_chosen_by_codes_alone(desks):
    keys = envelopes.desk_keys()
    silent = Told(language="en", story="He of the pnc keeps our passports.")

    pack = envelopes.current()
    assert readers_for(silent, pack, keys) == readers_for(Told(language="ar"), pack, keys)
