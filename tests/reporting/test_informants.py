"""Who reported: written once, kept by two desks, read by neither alone."""

from dataclasses import replace
from datetime import timedelta

import pyrage
import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from himaya.accounts import two_person
from himaya.accounts.errors import AskedAlready, NotApproved, SameBody
from himaya.accounts.models import TwoPersonAct
from himaya.audit.models import Pending
from himaya.kernel.errors import NotKnown, NotPermitted
from himaya.packs.loader import current
from himaya.packs.routing import custody_for
from himaya.reporting.contents import Told
from himaya.reporting.errors import AtBothDesks, NoCustodian, NotLent, NoWords
from himaya.reporting.models import Informant
from himaya.reporting.operations import informant as operations
from himaya.reporting.operations.read import read
from himaya.vault.errors import NotGranted
from himaya.vault.models import Compartment, Grant, Sealed
from himaya.vault.padding import unpad
from himaya.vault.reveal import reveal
from himaya.vault.seal import seal
from tests.factories import desk_of
from tests.factories.desks import make_desks
from tests.factories.moments import NOON
from tests.factories.reports import send
from tests.factories.roles import as_officer
from tests.factories.signed import make_fresh
from tests.factories.threats import threat

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
WHO = "Her cousin told us. ابن عمها أخبرنا."
DAY = timedelta(hours=24)
LAW = TwoPersonAct.Reason.LAW_REQUIRES


@pytest.fixture
def people():
    """An officer at each desk that a report may go to."""
    receiving = ("pnc_intake", "pp_intake", "ndhr_independent", "kshr_independent")
    return make_desks(**dict.fromkeys(receiving, "intake_officer"))


@pytest.fixture
def writer(people):
    return people["pnc_intake"]


@pytest.fixture
def custodian(people):
    return people["ndhr_independent"]


@pytest.fixture
def second(people):
    return people["pp_intake"]


@pytest.fixture
def stranger(people):
    return people["kshr_independent"]


@pytest.fixture
def written(writer):
    return write(writer, send(at=NOON).report)


def write(by, report, words=WHO):
    with transaction.atomic(), as_officer(by.actor):
        return operations.write_informant(actor=by.actor, report_id=report.pk, words=words, at=NOON)


def ask(by, informant):
    with transaction.atomic(), as_officer(by.actor):
        return operations.ask_informant(
            actor=by.actor, informant_id=informant.pk, reason=LAW, at=NOON
        )


def lend(by, informant, at=NOON):
    with transaction.atomic(), as_officer(by.actor):
        return operations.lend_informant(
            actor=by.actor, keyring=by.keyring, informant_id=informant.pk, at=at
        )


def who(by, informant, at=NOON):
    with transaction.atomic(), as_officer(by.actor):
        (opened,) = operations.read_informant(
            actor=by.actor, keyring=by.keyring, informant_id=informant.pk, at=at
        )
    return opened.text()


def test_when_both_agree_the_custodian_reads_it(custodian, second, written):
    ask(custodian, written)
    lend(second, written)

    assert who(custodian, written) == WHO

    story = Pending.objects.filter(subject_id=written.report_id).values_list("act", "desk_id")
    assert ("reporting.informant_lent", written.second_id) in story
    reads = Pending.objects.filter(act="vault.read", purpose="informant")
    assert [entry.desk_id for entry in reads] == [written.custodian_id] * 2
    asked = Pending.objects.filter(subject_id=written.pk).values_list("act", flat=True)
    assert set(asked) == {"two_person.asked", "two_person.approved", "two_person.used"}


def test_the_two_desks_are_those_of_the_pack_and_of_two_agencies(written):
    pair = custody_for(current(), ())

    assert (written.custodian.code, written.second.code) == (pair.custodian, pair.second)
    assert written.custodian.agency_id != written.second.agency_id


def test_the_custodian_alone_reads_nothing(custodian, written):
    with pytest.raises(NotLent):
        who(custodian, written)
    ask(custodian, written)
    with pytest.raises(NotLent):
        who(custodian, written)


def test_the_second_desk_alone_lends_nothing_and_reads_nothing(second, written):
    with pytest.raises(NotApproved):
        lend(second, written)
    with pytest.raises(NotKnown):
        who(second, written)


def test_after_a_day_it_is_over(custodian, second, written):
    ask(custodian, written)
    lend(second, written)

    with pytest.raises(NotLent):
        who(custodian, written, NOON + DAY)


def test_what_was_agreed_once_is_lent_once(custodian, second, written):
    ask(custodian, written)
    lend(second, written)

    with pytest.raises(NotApproved):
        lend(second, written)


def test_a_refusal_lends_nothing(custodian, second, written):
    ask(custodian, written)
    with as_officer(second.actor):
        operations.refuse_informant(actor=second.actor, informant_id=written.pk, at=NOON)

    with pytest.raises(NotApproved):
        lend(second, written)
    with pytest.raises(NotLent):
        who(custodian, written)


def test_asking_twice_is_asking_once(custodian, written):
    ask(custodian, written)

    with pytest.raises(AskedAlready):
        ask(custodian, written)


def test_the_agreement_of_a_third_body_without_the_second_desks_key_opens_nothing(
    custodian, stranger, written
):
    request = ask(custodian, written)
    with as_officer(stranger.actor), pytest.raises(NotKnown):  # it does not learn of the request
        two_person.approve(actor=stranger.actor, request_id=request.pk, at=NOON)

    with pytest.raises(NotKnown):
        lend(stranger, written)
    with pytest.raises(NotLent):
        who(custodian, written)


def test_a_colleague_of_the_custodian_does_not_agree(custodian, written):
    """Another officer of the asker's own agency, with every permission."""
    request = ask(custodian, written)
    colleague = replace(custodian.actor, officer_id=request.pk)

    with pytest.raises(SameBody):
        two_person.approve(actor=colleague, request_id=request.pk, at=NOON)


@pytest.mark.parametrize("act", [ask, who, lend])
def test_who_sits_at_both_desks_is_refused_at_either(custodian, written, act):
    both = replace(custodian.actor, desk_ids=frozenset({written.custodian_id, written.second_id}))

    with pytest.raises(AtBothDesks):
        act(replace(custodian, actor=both), written)


@pytest.mark.parametrize("act", [ask, who, lend])
@pytest.mark.parametrize("other", ["writer", "stranger"])
def test_every_other_desk_learns_nothing(request, written, act, other):
    with pytest.raises((NotKnown, NotPermitted)):
        act(request.getfixturevalue(other), written)


def test_the_desk_that_wrote_it_cannot_read_it_back(writer, written):
    with as_officer(writer.actor):
        opened = read(
            actor=writer.actor,
            keyring=writer.keyring,
            report_id=written.report_id,
            at=NOON,
            reason="day_list",
        )
        assert not Compartment.objects.filter(kind__startswith="informant").exists()
        assert not Sealed.objects.filter(name="informant").exists()
        assert Informant.objects.count() == 1
    assert WHO not in str(opened)
    with pytest.raises(NotGranted):
        reveal_it(writer, written, written.outer_id, written.lock_id)


def test_a_stranger_does_not_even_know_that_it_was_written(stranger, written):
    with as_officer(stranger.actor):
        assert not Informant.objects.exists()
    with as_officer(stranger.actor), pytest.raises(NotKnown):
        operations.informant_for(stranger.actor, written.pk)


def reveal_it(by, informant, *compartments):
    return reveal(
        keyring=by.keyring,
        compartment_ids=compartments,
        subject_id=informant.report_id,
        actor=by.actor,
        at=NOON,
        purpose="to_test",
        reason="own_work",
    )


def test_under_the_outer_lock_lies_another_age_file(custodian, written):
    """The custodian's own key opens the outer one past every rule, and finds no words."""
    (item,) = reveal_it(custodian, written, written.outer_id)

    assert item.content.startswith(b"age-encryption.org/v1")
    assert WHO.encode() not in item.content


class LockOff:
    """As if the words lay under the outer lock only."""

    def __enter__(self):
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(operations, "seal_nested", self.sealed)

    def __exit__(self, *_):
        self.patch.undo()

    def sealed(self, *, outer, lock, name, content, at):
        return seal(epoch=outer, name=name, content=content, at=at)


@threat("B2", off=LockOff)
def test_neither_desk_opens_it_alone_with_every_key_it_has(writer, custodian, second):
    """The worst case: one whole desk works together, past the program, with the database."""
    written = write(writer, send(at=NOON).report)

    for seat in (custodian, second):
        assert WHO.encode() not in everything_opened(seat, written)


def everything_opened(seat, informant):
    """What one desk opens of these two compartments with all it was ever granted, nested or not."""
    keys = desk_of.granted_keys(seat, [informant.outer_id, informant.lock_id])
    found = b""
    for item in Sealed.objects.filter(compartment__in=[informant.outer_id, informant.lock_id]):
        content = bytes(item.content)
        while content.startswith(b"age-encryption.org"):
            try:
                content = unpad(pyrage.decrypt(content, keys))
            except pyrage.DecryptError:
                break
        found += content
    return found


@pytest.mark.parametrize(
    ("told", "pair"),
    [
        ({}, ("ndhr_independent", "pp_intake")),
        ({"involved": "any_official"}, ("ndhr_independent", "kshr_independent")),
        ({"involved": "agency", "agencies": ("pp",)}, ("ndhr_independent", "kshr_independent")),
        ({"involved": "agency", "agencies": ("ndhr",)}, ("kshr_independent", "pp_intake")),
    ],
)
def test_no_desk_of_whoever_was_named_keeps_the_name(people, told, pair):
    report = send(Told(language="en", story="Words.", **told), at=NOON).report
    by = next(seat for seat in people.values() if report.desk_id in seat.actor.desk_ids)

    kept = write(by, report)

    assert (kept.custodian.code, kept.second.code) == pair


def test_where_everybody_was_named_nothing_is_written(people):
    named = ("kshr", "ndhr", "pp")
    told = Told(language="en", story="Words.", involved="agency", agencies=named)
    report = send(told, at=NOON).report
    by = next(seat for seat in people.values() if report.desk_id in seat.actor.desk_ids)

    with pytest.raises(NoCustodian):
        write(by, report)
    assert not Informant.objects.exists()


@pytest.mark.parametrize("words", ["", "   "])
def test_nothing_is_no_name(writer, words):
    with pytest.raises(NoWords):
        write(writer, send(at=NOON).report, words)


def test_a_desk_writes_only_on_its_own_reports(stranger, people):
    report = send(at=NOON).report

    with pytest.raises(NotKnown):
        write(stranger, report)


def test_past_the_operation_the_database_refuses_a_row_on_anothers_report(
    stranger, writer, written
):
    row = Informant.objects.get()
    row.pk, row.outer_id, row.lock_id = None, row.lock_id, row.outer_id

    with pytest.raises(DatabaseError), transaction.atomic(), as_officer(stranger.actor):
        row.save(force_insert=True)


def test_lending_is_one_grant_to_one_desk_until_tomorrow(custodian, second, written):
    ask(custodian, written)

    (grant,) = lend(second, written)

    assert (grant.desk_id, grant.compartment_id) == (written.custodian_id, written.lock_id)
    assert (grant.until, grant.reason) == (NOON + DAY, Grant.Reason.SECOND_DESK)


def test_the_pages_lead_from_writing_to_reading(writer, custodian, second):
    report = send(at=NOON).report
    page = writer.browser().post(
        reverse("reporting:write_informant", args=[report.pk]), {"words": WHO}, follow=True
    )
    assert "was written down" in page.content.decode()
    assert WHO not in page.content.decode()
    informant = Informant.objects.get()

    asking = make_fresh(custodian.browser())
    there = reverse("reporting:informant", args=[informant.pk])
    assert "Ask to see who reported" in asking.get(there).content.decode()
    asking.post(reverse("reporting:ask_informant", args=[informant.pk]), {"reason": LAW})

    deciding = make_fresh(second.browser())
    assert "Agree for one day" in deciding.get(there).content.decode()
    deciding.post(reverse("reporting:lend_informant", args=[informant.pk]))

    page = asking.post(reverse("reporting:read_informant", args=[informant.pk]))
    assert WHO in page.content.decode()
    assert WHO not in asking.get(there).content.decode()
