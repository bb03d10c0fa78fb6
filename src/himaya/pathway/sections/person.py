"""The person apart from the case: other cases, merges, family, and inquiries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from himaya.cases.models import Case, FurtherCase, Merge, Person, PersonLink
from himaya.cases.person_rules import may_know_of_earlier, seen_from
from himaya.cases.tracks import pack_of
from himaya.inquiries.queries import memberships_of
from himaya.kernel.access import Actor, Permission
from himaya.pathway.asking import Section

MOST = 20


@dataclass(frozen=True, slots=True)
class Other:
    """Another case of the person. what: what it is to this one."""

    id: UUID
    pseudonym: str
    state: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Joined:
    """A merge that holds: a case that this one took over, or another person who is this one."""

    merge_id: UUID
    pseudonym: str
    case_id: UUID | None
    since: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Relative:
    """Somebody of the family. may_end: the officer may end the link."""

    link_id: UUID
    kind: str
    pseudonym: str
    case_id: UUID
    kept_apart: bool


@dataclass(frozen=True, slots=True)
class PersonShown:
    """What the page shows of the person. into: the case that took this one over, if one did.

    earlier: the person had a case that this desk may know of. works: the officer leads the case.
    """

    others: list[Other]
    joined: list[Joined]
    family: list[Relative]
    into: Case | None
    earlier: bool
    inquiry_since: datetime | None
    works: bool
    opens: bool
    why: str = field(default="")


def section(actor: Actor, case: Case, at: datetime) -> Section[PersonShown]:
    """Everything about the person that the actor's desks may see beside this case."""
    persons = yield from _one(case)
    one = [person.pk for person in persons]
    links = PersonLink.objects.filter(Q(person__in=one) | Q(relative__in=one), ended_at=None)
    ours = Case.objects.visible_to(actor)
    others, merges, absorbed, family, into, further, members = yield [
        ours.filter(person__in=one).exclude(pk=case.pk).order_by("-opened_at")[:MOST],
        _merges(case, one),
        Case.objects.filter(merged_into=case),
        links.order_by("-made_at")[:MOST],
        Case.objects.filter(pk__in=[case.merged_into_id] if case.merged_into_id else []),
        FurtherCase.objects.filter(case=case),
        memberships_of(case.pk)[:1],
    ]
    ends = {end for link in family for end in (link.person_id, link.relative_id)}
    (relatives,) = yield [ours.filter(person__in=ends).order_by("-opened_at")[: MOST * 2]]
    leads = case.desk_id in actor.desk_ids and actor.may(Permission.CASE_WORK)
    alone = case.merged_into_id is None
    return PersonShown(
        others=[_other(each) for each in others if each.merged_into_id != case.pk],
        joined=_joined(merges, absorbed),
        family=_family(family, set(one), relatives),
        into=into[0] if into else None,
        earlier=bool(further) and may_know_of_earlier(pack_of(case), case.desk.kind),
        inquiry_since=members[0].added_at if members else None,
        works=leads and alone and case.state == Case.State.OPEN,
        opens=leads and alone,
        why=further[0].get_reason_display() if further else "",
    )


def _one(case: Case) -> Section[list[Person]]:
    """Every record of this case's person: whoever turned out to be them points at one of them.

    Asked for step by step: a question within a question reads every person there is.
    """
    (own,) = yield [Person.objects.filter(pk=case.person_id)]
    oldest = {person.merged_into_id or person.pk for person in own}
    first, joined = yield [
        Person.objects.filter(pk__in=oldest),
        Person.objects.filter(merged_into__in=oldest),
    ]
    return [*first, *joined]


def _merges(case: Case, one: list[UUID]) -> "QuerySet[Merge]":
    persons = Q(kept=None) & (Q(kept_person__in=one) | Q(absorbed_person__in=one))
    holding = Merge.objects.filter(Q(kept=case) | Q(absorbed=case) | persons, undone_at=None)
    return holding.order_by("merged_at")[:MOST]


def _other(case: Case) -> Other:
    return Other(case.pk, case.pseudonym, case.get_state_display(), case.opened_at)


def _joined(merges: Iterable[Merge], absorbed: Iterable[Case]) -> list[Joined]:
    by_id = {each.pk: each for each in absorbed}
    return [
        Joined(
            merge.pk,
            by_id[merge.absorbed_id].pseudonym if merge.absorbed_id in by_id else "",
            merge.absorbed_id if merge.absorbed_id in by_id else None,
            merge.merged_at,
            merge.get_reason_display(),
        )
        for merge in merges
    ]


def _family(links: Iterable[PersonLink], one: set[UUID], cases: Iterable[Case]) -> list[Relative]:
    newest: Mapping[UUID, Case] = {case.person_id: case for case in reversed(list(cases))}
    found = []
    for link in links:
        other = link.person_id if link.relative_id in one else link.relative_id
        if other in newest:
            case, kind = newest[other], seen_from(link, one)
            found.append(
                Relative(link.pk, str(kind.label), case.pseudonym, case.pk, link.kept_apart)
            )
    return found
