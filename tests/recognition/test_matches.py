"""Seen before: found as a name is written, asked of a desk, answered by people, and undone."""

from contextlib import contextmanager

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.urls import reverse

from himaya.audit.models import Pending
from himaya.cases.errors import CaseIsClosed
from himaya.cases.merged import all_of_one
from himaya.cases.models import Case, Merge
from himaya.cases.operations import merging
from himaya.kernel.errors import NotKnown
from himaya.recognition.errors import (
    AlreadyAnswered,
    AnswerIsTheirs,
    NobodyToAsk,
    StillJoined,
)
from himaya.recognition.models import Match, Side
from himaya.recognition.operations import answering
from himaya.vault.models import BlindToken
from himaya.vault.tokens import Domain, Said
from tests.factories.browsers import Browser, words_of
from tests.factories.catalogue import ask
from tests.factories.moments import NOON
from tests.factories.roles import as_officer
from tests.factories.seen import (
    BORN,
    NAME,
    OTHER_WAYS,
    PASSPORT,
    asked,
    case_of,
    found,
    known,
    say,
    written,
)
from tests.factories.threats import threat

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.slow]
State = Match.State


@pytest.mark.parametrize(
    ("kept", "now", "agrees"),
    [
        ((NAME, BORN), OTHER_WAYS, ["birth", "name"]),
        ((PASSPORT,), (Said(Domain.DOCUMENT, "p 1234567"),), ["document"]),
        ((PASSPORT, NAME), (Said(Domain.DOCUMENT, "P1234576"), NAME), ["document", "name"]),
        ((PASSPORT, BORN), (Said(Domain.DOCUMENT, "P1234568"), BORN), ["birth", "document"]),
        ((NAME, Said(Domain.PHONE, "50123456")), (Said(Domain.NAME, "Fatima Chowdhury"),
         Said(Domain.PHONE, "+965 5012 3456")), ["name", "phone"]),
    ],
    ids=["another script", "a document", "signs exchanged", "one sign wrong", "a telephone"],
)  # fmt: skip
def test_a_person_is_found_however_they_were_written_down(people, kept, now, agrees):
    known(people, *kept)

    _case, match = found(people, *now)

    assert (match.agrees, match.state) == (agrees, State.FOUND)


@pytest.mark.parametrize(
    ("kept", "now"),
    [
        ((NAME, BORN), (Said(Domain.NAME, "Maria Santos"), BORN)),
        ((PASSPORT,), (Said(Domain.DOCUMENT, "P1234568"),)),
        ((BORN,), (BORN,)),
        ((Said(Domain.PHONE, "50123456"),), (Said(Domain.PHONE, "50123456"),)),
        ((Said(Domain.NAME, "Ali"),), (Said(Domain.NAME, "Ali"),)),
        ((Said(Domain.NAME, "Maria Santos"), BORN), (Said(Domain.NAME, "Maria Santos"),
         Said(Domain.BIRTH, "3/2/1961"))),
    ],
    ids=["another name", "the next number", "a day", "a telephone", "too little", "another age"],
)  # fmt: skip
def test_what_many_have_in_common_finds_nobody(people, kept, now):
    known(people, *kept)

    assert found(people, *now)[1] is None


def test_nobody_is_found_in_their_own_case_or_twice_in_the_same_pair(people):
    first = known(people)
    assert written(people.worker, first, NAME).match is None
    second, match = found(people)

    assert match is not None
    assert written(people.stranger, second, NAME, BORN).match is None
    assert written(people.worker, first, NAME, BORN).match is None


def test_whom_two_records_are_known_to_be_is_not_found_again(people):
    one, other = known(people), case_of(people.worker, people)
    with people.worker.works():
        merging.merge_persons(
            actor=people.worker.actor, kept_id=one.pk, absorbed_id=other.pk,
            reason=Merge.Reason.PERSON_SAID, at=NOON,
        )  # fmt: skip

    assert written(people.worker, other, NAME, BORN).match is None


@pytest.mark.parametrize("desk", ["leads", "identifies"])
@pytest.mark.parametrize("which", ["the known case", "the new case"])
def test_no_agency_that_a_case_is_kept_from_learns_of_the_other(people, which, desk):
    if desk == "leads":
        asker, holder = people.stranger.desk.agency.code, people.worker.desk.agency.code
        others = {}
    else:
        asker = holder = people.prosecutor.desk.agency.code
        others = {"identifies": people.prosecutor.desk}
    if which == "the known case":
        known(people, kept_from=[asker])
        assert found(people, **others)[1] is None
    else:
        known(people, **others)
        assert found(people, kept_from=[holder])[1] is None


def test_the_ledger_has_that_somebody_looked_and_never_for_whom(people):
    known(people)
    found(people)

    looked = Pending.objects.filter(act="person.looked_for").values_list("facts", flat=True)
    assert sorted(looked) == ['{"outcome":"match"}', '{"outcome":"nothing"}']
    assert not any("CANARY" in f"{each.facts}{each.rows}" for each in Pending.objects.all())


def test_beyond_the_hours_limit_it_is_written_down_and_nobody_is_looked_for(people):
    known(people)
    with as_officer(people.stranger.actor):
        ask("SELECT cases_called('name', 'x') FROM generate_series(1, 60)")

    case = case_of(people.stranger, people)
    done = written(people.stranger, case, *OTHER_WAYS)

    assert (done.match, done.too_often) == (None, True)
    assert BlindToken.objects.filter(compartment__subject_id=case.pk).exists()
    assert '{"outcome":"limit"}' in Pending.objects.values_list("facts", flat=True)


def test_only_who_leads_the_case_can_have_it_looked_up(people):
    case = known(people)

    for who in (people.stranger, people.shelter, people.identifier):
        with as_officer(who.actor), pytest.raises(DatabaseError), transaction.atomic():
            ask("SELECT recognition_look(gen_random_uuid(), %s, '{}', '{}', '{}')", case.pk)


def test_the_desk_that_asks_is_told_a_desk_and_never_a_case(people):
    first = known(people)
    second, match = found(people)

    with people.stranger.works():
        assert list(Side.objects.values_list("case", flat=True)) == [second.pk]
        assert ask("SELECT recognition_other_desk(%s, %s)", match.pk, second.pk) == [
            (first.desk_id,)
        ]
        assert ask("SELECT * FROM recognition_ends(%s)", match.pk) == []
        assert not Case.objects.filter(pk=first.pk).exists()


def test_the_other_desk_learns_of_it_when_it_is_asked(people):
    first = known(people)
    second, match = found(people)
    with people.worker.works():
        assert not Match.objects.exists()
        assert not Side.objects.exists()

    asked(people.stranger, second, match)

    with people.worker.works():
        assert list(Side.objects.values_list("case", flat=True)) == [first.pk]


def test_the_same_person_is_joined_and_nobody_sees_more(people):
    first = known(people)
    second, match = found(people)
    asked(people.stranger, second, match)
    seen = {who: visible(getattr(people, who)) for who in ("worker", "stranger", "shelter")}

    say(people.worker, first, match, State.SAME)

    merge = Match.objects.get().merge
    assert {merge.kept_person_id, merge.absorbed_person_id} == {first.person_id, second.person_id}
    assert (merge.kept_id, merge.reason) == (None, Merge.Reason.OTHER_DESK_SAID)
    assert sorted(all_of_one(first.person_id)) == sorted([first.person_id, second.person_id])
    assert {who: visible(getattr(people, who)) for who in seen} == seen
    acts = Pending.objects.filter(act="match.answered").values_list("subject_id", flat=True)
    assert set(acts) == {first.pk, second.pk}


def visible(who):
    """Which cases this officer sees."""
    with who.works():
        return set(Case.objects.values_list("pk", flat=True))


@pytest.mark.parametrize("by", ["worker", "stranger"])
def test_either_desk_can_part_them_again_and_the_question_is_open_once_more(people, by):
    first = known(people)
    second, match = found(people)
    asked(people.stranger, second, match)
    say(people.worker, first, match, State.SAME)
    who, case = (people.worker, first) if by == "worker" else (people.stranger, second)
    with who.works(), pytest.raises(StillJoined):
        answering.take_back(actor=who.actor, case_id=case.pk, match_id=match.pk, at=NOON)

    with who.works():
        merging.undo(
            actor=who.actor, case_id=case.pk, merge_id=Match.objects.get().merge_id, at=NOON
        )
        answering.take_back(actor=who.actor, case_id=case.pk, match_id=match.pk, at=NOON)

    assert all_of_one(first.person_id) == [first.person_id]
    assert Match.objects.get().state == State.ASKED
    say(people.worker, first, match, State.SAME)
    assert len(all_of_one(first.person_id)) == 2


def test_one_desk_with_both_cases_asks_nobody(people):
    first = known(people)
    second, match = found(people, by=people.worker)

    with pytest.raises(NobodyToAsk):
        asked(people.worker, second, match)
    say(people.worker, second, match, State.SAME)

    assert Merge.objects.get().reason == Merge.Reason.SAME_DOCUMENTS
    assert len(all_of_one(first.person_id)) == 2


@pytest.mark.parametrize("state", [State.ANOTHER, State.UNCLEAR])
def test_what_is_not_the_same_joins_nobody(people, state):
    first = known(people)
    second, match = found(people)
    asked(people.stranger, second, match)

    say(people.worker, first, match, state)

    assert (Match.objects.get().state, Merge.objects.count()) == (state, 0)
    with pytest.raises(AlreadyAnswered):
        say(people.worker, first, match, State.SAME)


def test_who_asks_may_say_that_it_is_somebody_else_and_not_that_it_is_the_same(people):
    known(people)
    second, match = found(people)

    for state in (State.SAME, State.UNCLEAR):
        with pytest.raises(AnswerIsTheirs):
            say(people.stranger, second, match, state)
    say(people.stranger, second, match, State.ANOTHER)

    assert Match.objects.get().state == State.ANOTHER


def test_strangers_and_officers_of_other_roles_answer_nothing(people):
    first = known(people)
    second, match = found(people)
    asked(people.stranger, second, match)

    with pytest.raises(NotKnown):
        say(people.stranger, first, match, State.SAME)
    with pytest.raises(NotKnown):
        say(people.shelter, first, match, State.SAME)
    with pytest.raises(NotKnown):
        say(people.worker, known(people, PASSPORT), match, State.SAME)
    Case.objects.filter(pk=first.pk).update(state="closed", closed_at=NOON, outcome="withdrew")
    with pytest.raises(CaseIsClosed):
        say(people.worker, first, match, State.SAME)


@contextmanager
def both_sides_are_seen():
    """A policy without the question whose side it is."""
    ask("CREATE POLICY careless ON recognition_side FOR SELECT TO himaya_staff USING (true)")
    yield


@threat("I4", off=both_sides_are_seen)
def test_a_match_tells_the_asker_no_case(people):
    first = known(people)
    found(people)

    with people.stranger.works():
        assert not Side.objects.filter(case_id=first.pk).exists()


def page(who, case):
    """The page of what was found, as this officer sees it."""
    return words_of(Browser(who).get(reverse("recognition:seen", args=[case.pk])))


def test_the_pages_lead_from_the_name_to_the_answer(people):
    first = known(people)
    second = case_of(people.stranger, people)
    stranger, worker = Browser(people.stranger), Browser(people.worker)
    typed = {"name": OTHER_WAYS[0].text, "birth": OTHER_WAYS[1].text}

    sent = stranger.post(reverse("recognition:identity", args=[second.pk]), typed)

    assert sent.headers["Location"] == reverse("recognition:seen", args=[second.pk])
    shown = page(people.stranger, second)
    assert people.worker.desk.label_en in shown
    assert first.pseudonym not in shown
    match = Match.objects.get()
    assert "seen before" in words_of(stranger.get(reverse("pathway:case", args=[second.pk])))
    stranger.post(reverse("recognition:ask", args=[second.pk, match.pk]))
    assert "Say whether a person was seen before" in words_of(worker.get("/"))
    assert people.stranger.desk.label_en in page(people.worker, first)
    assert second.pseudonym not in page(people.worker, first)
    where = reverse("recognition:answer", args=[first.pk, match.pk])
    assert worker.post(where, {"state": "found"}).status_code == 404
    worker.post(where, {"state": "same"})
    assert "The same person" in page(people.stranger, second)
    assert "Two records are known" in words_of(
        stranger.get(reverse("pathway:case", args=[second.pk]))
    )


@pytest.mark.parametrize("ended", ["closed", "merged"])
def test_my_day_asks_nobody_about_a_case_that_goes_on_no_more(people, ended):
    first = known(people)
    second, match = found(people)
    asked(people.stranger, second, match)
    into = case_of(people.worker, people)
    changes = {
        "closed": {"state": "closed", "closed_at": NOON, "outcome": "withdrew"},
        "merged": {"merged_into": into},
    }

    Case.objects.filter(pk=first.pk).update(**changes[ended])

    assert "Say whether" not in words_of(Browser(people.worker).get("/"))


@pytest.mark.parametrize(
    "birth", ["31/2/1994", "yesterday", "2199", "1890"], ids=["no day", "no date", "ahead", "old"]
)
def test_a_date_on_which_nobody_was_born_is_refused_in_one_sentence(people, birth):
    case = case_of(people.worker, people)
    typed = {"name": "CANARY One", "birth": birth}

    answer = Browser(people.worker).post(reverse("recognition:identity", args=[case.pk]), typed)

    assert answer.status_code == 422
    assert "CANARY One" in answer.content.decode()
    assert not BlindToken.objects.exists()
