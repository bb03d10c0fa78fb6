"""Bodies that decide on a case and come to it by a referral only, for the page of the case."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet
from django.urls import reverse

from himaya.cases.models import Case
from himaya.kernel.access import Actor, Permission
from himaya.packs.deciders import Place, obliged, to_be_asked
from himaya.packs.desks import Agency
from himaya.packs.schema import Pack
from himaya.packs.tracks import Step
from himaya.referrals.models import Referral
from himaya.referrals.rules import LIVE

MOST = 50  # live referrals of one case


@dataclass(frozen=True, slots=True)
class Ask:
    """A body to be asked. href: where it is, or where the referral lies that asks it already.

    asked: such a referral is under way. href is empty for an officer who sends none. consent: where
    the person is asked first; empty where a duty in law goes before.
    """

    body: str
    asked: bool
    href: str
    consent: str


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks for which case. own: its desks; live: body → the referral to it."""

    case_id: UUID
    actor: Actor
    pack: Pack
    own: Collection[Place]
    live: Mapping[str, UUID]

    def asks(self, steps: Sequence[Step]) -> list[Ask]:
        """The bodies that must be asked for a decision, of the steps that lead on from here."""
        decide = [step for step in steps if self.pack.decision_by(step.id)]
        bodies = [body for step in decide for body in to_be_asked(self.pack, step, self.own)]
        return [self._ask(body) for body in dict.fromkeys(bodies)]

    def _ask(self, body: Agency) -> Ask:
        referral_id, name = self.live.get(body.id), body.label.text()
        if not self.actor.may(Permission.REFERRAL_SEND):
            return Ask(name, asked=referral_id is not None, href="", consent="")
        if referral_id is not None:
            shown = reverse("referrals:show", args=[referral_id])
            return Ask(name, asked=True, href=shown, consent="")
        draft = reverse("referrals:draft", args=[self.case_id])
        consent = "" if obliged(self.pack, body) else reverse("consent:ask", args=[self.case_id])
        return Ask(name, asked=False, href=draft, consent=consent)


def sent_to_bodies(case: Case) -> QuerySet[Referral]:
    """The live referrals of a case, each with the code of the body (`body`) that was asked."""
    live = Referral.objects.filter(case=case, state__in=LIVE, sent_at__isnull=False)
    return live.annotate(body=F("receiver__agency__code")).order_by("sent_at")[:MOST]


def asker(actor: Actor, case: Case, pack: Pack, sent: Iterable[Referral]) -> Asker:
    """Who asks, from the rows of `sent_to_bodies`."""
    desks = (case.desk, case.identification_desk)
    own = {Place(desk.kind, desk.agency.code) for desk in desks}
    live: dict[str, UUID] = {each.body: each.pk for each in sent}  # type: ignore[attr-defined]  # annotated
    return Asker(case.pk, actor, pack, own, live)
