"""Documents: each sealed into one part of the file, name and all, from whoever lacks its key."""

import json
from contextlib import contextmanager
from dataclasses import replace
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from himaya.audit.models import Pending
from himaya.cases import documents as seen
from himaya.cases.errors import EmptyFile, FileTooLarge, PartNotYours
from himaya.cases.models import Document
from himaya.cases.operations import documents, file
from himaya.cases.presenters import said
from himaya.kernel.errors import NotKnown, NotPermitted
from himaya.packs.loader import current
from himaya.packs.schema import Pack
from himaya.packs.vocabulary import DeskKind
from himaya.referrals.operations import showing
from himaya.vault.errors import NotGranted
from himaya.vault.files import LARGEST, File
from himaya.vault.models import Compartment, Sealed
from himaya.vault.upload import InMemory
from tests.factories import journey
from tests.factories.browsers import Browser, words_of
from tests.factories.canary import look_for
from tests.factories.catalogue import tables
from tests.factories.moments import NOON
from tests.factories.threats import threat

NAME, CONTENT = "canary-name.pdf", b"%PDF canary-content"
SCAN = File(NAME, "application/x-canary-kind", CONTENT)
HEALTH = Compartment.Kind.HEALTH


def added(people, case, kind=HEALTH, *, scan=SCAN, words="", by=None):
    """A document that a case worker put into a part of the file."""
    writer = by or people.worker
    with writer.works():
        return documents.add(
            actor=writer.actor, case_id=case.pk, kind=kind, file=scan, words=words, at=NOON
        )


def fetched(person, case, file_id, *, reason="own_work"):
    """The document as this officer gets it."""
    with person.works():
        return documents.fetch(
            actor=person.actor,
            keyring=person.keyring,
            case_id=case.pk,
            file_id=file_id,
            at=NOON,
            reason=reason,
        )


def listed(person, case):
    """The documents of the case of which this officer learns."""
    with person.works():
        return list(seen.documents_seen(person.actor, case))


def stored():
    """Everything in the database, table by table."""
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{table}\" t")
            yield table, cursor.fetchone()[0].encode()


def test_a_document_comes_back_as_it_was_and_both_its_acts_are_recorded(people, case):
    document = added(people, case)

    assert fetched(people.colleague, case, document.content_id) == SCAN
    acts = Pending.objects.filter(subject_id=case.pk)
    assert json.loads(acts.get(act="case.document_added").facts) == {"kind": "health"}
    entry = acts.get(act="vault.read")
    assert (entry.actor_id, entry.purpose) == (people.colleague.officer.pk, "document")


def test_its_part_says_what_it_is_called_and_opens_no_document(people, case):
    document = added(people, case, words="from the clinic")

    with people.worker.works():
        items = file.read(
            actor=people.worker.actor,
            keyring=people.worker.keyring,
            case_id=case.pk,
            compartment_id=Compartment.objects.get(subject_id=case.pk, kind=HEALTH).pk,
            purpose="casework",
            at=NOON,
            reason="own_work",
        )
    lines = said(items, seen.named_by(case.pk))
    assert {(line.name, line.kind, line.words, line.file_id) for line in lines} == {
        (SCAN.name, SCAN.kind, "", document.content_id),
        ("", "", "from the clinic", None),
    }
    assert CONTENT not in b"".join(item.content for item in items)


def in_the_clear():
    """Nothing is sealed: what would be, is kept as it came."""
    return mock.patch("himaya.vault.seal.sealed_to", lambda _keys, content: content)


@threat("B6", off=in_the_clear)
def test_neither_name_nor_kind_nor_content_stands_in_any_table(people, case):
    added(people, case, words="canary-words")

    words = ("canary-name", "canary-kind", "canary-content", "canary-words")
    assert not look_for(words, stored()).places


@contextmanager
def every_part_open():
    """The database asks nobody for a grant."""
    with connection.cursor() as cursor:
        for table in ("cases_document", "vault_sealed", "vault_grant"):
            cursor.execute(f'CREATE POLICY zz ON "{table}" FOR SELECT TO himaya_staff USING (true)')
    yield


@threat("A7", off=every_part_open)
def test_a_desk_with_another_part_learns_of_no_document(people, served):
    case = served.case
    document = added(people, case, Compartment.Kind.LEGAL)
    with people.shelter.works():
        assert Compartment.objects.filter(subject_id=case.pk, kind="needs").exists()
        assert not Document.objects.filter(pk=document.pk).exists()
        assert not Sealed.objects.filter(pk=document.content_id).exists()


@pytest.mark.parametrize("who", ["shelter", "stranger", "identifier", "prosecutor", "intake"])
def test_no_other_desk_lists_or_opens_it(people, served, who):
    person, case = getattr(people, who), served.case
    document = added(people, case, Compartment.Kind.LEGAL)

    assert listed(person, case) == []
    with pytest.raises(NotKnown):
        fetched(person, case, document.content_id)
    assert [each.pk for each in listed(people.colleague, case)] == [document.pk]


def test_without_row_level_security_the_keys_still_refuse(people, case):
    document = added(people, case)
    other = people.identifier

    with mock.patch("himaya.cases.operations.documents.part_with") as part:
        part.return_value = Sealed.objects.get(pk=document.content_id).compartment_id
        with pytest.raises(NotGranted):
            documents.fetch(
                actor=other.actor,
                keyring=other.keyring,
                case_id=case.pk,
                file_id=document.content_id,
                at=NOON,
                reason="own_work",
            )


def test_a_document_is_not_opened_under_another_cases_name(people, case):
    document = added(people, case)

    with pytest.raises(NotKnown):
        fetched(people.worker, journey.opened(people), document.content_id)


@pytest.mark.parametrize(
    ("content", "refusal"), [(b"", EmptyFile), (b"x" * (LARGEST + 1), FileTooLarge)]
)
def test_what_is_empty_or_too_large_is_refused_and_nothing_is_kept(people, case, content, refusal):
    with pytest.raises(refusal):
        added(people, case, scan=File("a", "b", content))
    assert not Document.objects.exists()


def test_the_identification_officer_adds_nothing(people, case):
    with pytest.raises(NotPermitted):
        added(people, case, by=people.identifier)


@contextmanager
def never(*kinds):
    """The country keeps these parts from the desks that lead."""
    policy = replace(current().share_policy(DeskKind.CASEWORK), never=kinds)
    with mock.patch.object(Pack, "share_policy", return_value=policy):
        yield


def test_what_the_country_keeps_from_a_desk_is_not_gathered_by_it(people, case):
    with never("health"):
        with pytest.raises(PartNotYours):
            added(people, case)
        page = Browser(people.worker).get(reverse("cases:add_document", args=[case.pk]))

    assert 'value="health"' not in page.content.decode()
    assert 'value="legal"' in page.content.decode()


def test_a_file_larger_than_may_be_is_forgotten_while_it_comes():
    handler = InMemory(largest=4)
    for piece in (b"abc", b"de", b"f"):
        handler.receive_data_chunk(piece, 0)

    assert (handler.refused, handler.file_complete(6)) == (True, None)


def sending(**changes):
    """The form of a document, as a browser sends it."""
    scan = SimpleUploadedFile(NAME, CONTENT, SCAN.kind)
    return {"kind": "health", "words": "from the clinic", "document": scan} | changes


@pytest.mark.slow
def test_an_officer_adds_one_and_a_colleague_takes_it_out(people, case):
    worker, colleague = Browser(people.worker), Browser(people.colleague)
    response = worker.post(reverse("cases:add_document", args=[case.pk]), sending())
    assert (response.status_code, response["Location"]) == (302, f"/cases/{case.pk}/")

    page = words_of(worker.get(f"/cases/{case.pk}/"))
    assert "Health · " in page
    assert f"Added by {people.worker.officer.username}" in page
    assert "canary" not in page
    document = Document.objects.get()
    where = reverse("cases:fetch", args=[case.pk, document.content_id])
    assert colleague.post(where, {}).status_code == 422  # asked why, the first time
    taken = colleague.post(where, {"reason": "own_work"})
    assert taken.content == CONTENT
    assert taken["Content-Type"] == "application/octet-stream"
    name = document.content_id.hex[:8]
    assert taken["Content-Disposition"] == f'attachment; filename="{name}.bin"'
    assert "no-store" in taken["Cache-Control"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changes", "status", "sentence"),
    [
        ({"document": SimpleUploadedFile("a", b"x" * (LARGEST + 1))}, 413, "at most 20 MB fit"),
        ({"document": SimpleUploadedFile("a", b"")}, 422, "The file is empty"),
        ({"document": ""}, 422, "This field is required"),
        ({"document": SimpleUploadedFile("a" * 201, b"x")}, 422, "name of the file is too long"),
        ({"kind": "screening"}, 422, "not one of the available choices"),
    ],
)
def test_a_refused_document_leaves_the_words_in_the_page(people, case, changes, status, sentence):
    response = Browser(people.worker).post(
        reverse("cases:add_document", args=[case.pk]), sending(**changes)
    )

    assert response.status_code == status
    assert sentence in words_of(response)
    assert "from the clinic</textarea>" in response.content.decode()
    assert not Document.objects.exists()


def received(person, referral):
    """What this officer reads with the referral."""
    with person.works():
        return showing.read(
            actor=person.actor,
            keyring=person.keyring,
            referral_id=referral.pk,
            at=NOON,
            reason="own_work",
        )


def taken_out(person, referral, document):
    """The document, by way of the referral."""
    with person.works():
        return showing.fetch(
            actor=person.actor,
            keyring=person.keyring,
            referral_id=referral.pk,
            file_id=document.content_id,
            at=NOON,
            reason="own_work",
        )


def test_the_desk_that_was_given_a_part_has_its_documents_and_no_others(people, served):
    shared = added(people, served.case, Compartment.Kind.NEEDS)
    kept = added(people, served.case, Compartment.Kind.LEGAL, scan=File("other", "x", b"other"))

    shown = received(people.shelter, served)

    assert [(each.name, each.file_id) for each in shown.documents] == [(NAME, shared.content_id)]
    assert NAME in dict(shown.parts)["needs"]
    assert taken_out(people.shelter, served, shared) == SCAN
    with pytest.raises(NotKnown):
        taken_out(people.shelter, served, kept)
    with pytest.raises(NotKnown):
        taken_out(people.other_shelter, served, shared)


@pytest.mark.slow
def test_the_page_of_a_referral_hands_a_document_out(people, served):
    document = added(people, served.case, Compartment.Kind.NEEDS)
    shelter = Browser(people.shelter)
    page = shelter.post(f"/referrals/{served.pk}/read", {"reason": "own_work"})

    where = f"/referrals/{served.pk}/files/{document.content_id}"
    assert where in page.content.decode()
    assert NAME in words_of(page)
    assert shelter.post(where, {"reason": "own_work"}).content == CONTENT
