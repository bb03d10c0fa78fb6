"""What may be done about a person who has several cases, and about their family."""

from collections.abc import Iterable
from uuid import UUID

from himaya.agencies.models import Desk
from himaya.cases.errors import CaseIsMerged, LinkEnded, NotOfTwo, NotYourStep
from himaya.cases.models import Case, PersonLink
from himaya.cases.rules import check_may_receive
from himaya.kernel.access import Actor, Permission
from himaya.packs.schema import Pack
from himaya.packs.vocabulary import DeskKind

EARLIER = "earlier_cases"  # the fact of the pack's sharing table
INVERSE = {
    PersonLink.Kind.PARENT: PersonLink.Kind.CHILD,
    PersonLink.Kind.CHILD: PersonLink.Kind.PARENT,
    PersonLink.Kind.GUARDIAN: PersonLink.Kind.WARD,
    PersonLink.Kind.WARD: PersonLink.Kind.GUARDIAN,
    PersonLink.Kind.SPOUSE: PersonLink.Kind.SPOUSE,
    PersonLink.Kind.SIBLING: PersonLink.Kind.SIBLING,
    PersonLink.Kind.RELATIVE: PersonLink.Kind.RELATIVE,
}


def check_leads(actor: Actor, case: Case) -> None:
    """Raise unless one of the actor's desks leads the case, open or closed."""
    actor.need(Permission.CASE_WORK)
    if case.desk_id not in actor.desk_ids:
        raise NotYourStep(case=case.pk)
    if case.merged_into_id is not None:
        raise CaseIsMerged(case=case.pk)


def check_may_open_again(actor: Actor, earlier: Case, receivers: Iterable[Desk]) -> None:
    """Raise unless the actor may open another case of this case's person, for these desks."""
    check_leads(actor, earlier)
    for desk in receivers:
        check_may_receive(desk, earlier.kept_from)


def check_may_link(actor: Actor, case: Case, other: Case, *, one: bool) -> None:
    """Raise unless the actor may say how two persons belong together. one: they are the same."""
    check_leads(actor, case)
    if one:
        raise NotOfTwo(case=other.pk)


def check_may_end_link(actor: Actor, case: Case, link: PersonLink) -> None:
    """Raise unless the actor may end this link, which holds."""
    check_leads(actor, case)
    if link.ended_at is not None:
        raise LinkEnded(link=link.pk)


def may_know_of_earlier(pack: Pack, kind: str) -> bool:
    """Whether the country lets a desk of this kind know that the person had a case before."""
    policy = pack.share_policy(DeskKind(kind))
    return policy is not None and EARLIER in policy.facts


def seen_from(link: PersonLink, person_ids: Iterable[UUID]) -> PersonLink.Kind:
    """What these persons, who are one, are to the other end of a link."""
    kind = PersonLink.Kind(link.kind)
    return kind if link.person_id in person_ids else INVERSE[kind]
