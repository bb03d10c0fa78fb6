"""A report becomes a person's case."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from himaya.agencies.models import Desk
from himaya.audit.record import record
from himaya.cases import sealed
from himaya.cases.models import Case, Person
from himaya.cases.naming import save_under_a_pseudonym
from himaya.cases.rooms import room_for_screening
from himaya.cases.rules import check_may_open, check_may_receive, check_step
from himaya.cases.screening import ask_for_screening
from himaya.cases.tracks import begin, without_asking
from himaya.kernel.access import Actor
from himaya.packs.editions import code_of
from himaya.packs.loader import current
from himaya.reporting import operations as reporting
from himaya.reporting.models import Report
from himaya.reporting.queries import report_for
from himaya.vault import queries as vault
from himaya.vault.keyring import Keyring
from himaya.vault.models import Compartment


@transaction.atomic
def open_from_report(
    *,
    actor: Actor,
    keyring: Keyring,
    report_id: UUID,
    desk: Desk,
    identification_desk: Desk,
    reporter_is_person: bool = False,
    at: datetime,
) -> Case:
    """Open a person's case from a report, give it to the desk that will lead it, ask for screening.

    The leading desk receives the key of what the report said. How to reach the reporter goes with
    it only when the reporter is the person; otherwise who reported stays with the intake desk.
    Raises ReportHasCase, NotRated or AgencyInvolved; then nothing has changed.
    """
    report = report_for(actor, report_id)
    check_may_open(actor, report, opened=Case.objects.filter(report=report).exists())
    step = current().step("open_case")
    rated = current().step(f"rate_{report.seriousness}").to
    met = without_asking(current(), step, since=report.received_at, actor=actor, at=at)
    check_step(step, stands_at=rated, actor=actor, held=met)
    for receiver in (desk, identification_desk):
        check_may_receive(receiver, report.involved_agencies)
    case = _new_case(report, desk, identification_desk, at)
    tracks = begin(case=case, at=at, further={step.track: step.to})
    grants = sealed.hand_over(
        keyring=keyring,
        compartment_ids=_said_in(report, reporter_is_person),
        desk_id=desk.id,
        actor=actor,
        at=at,
    )
    record(
        act="case.opened",
        actor=actor,
        at=at,
        subject_id=case.id,
        desk_id=desk.id,
        facts={"report": str(report.id)},
        rows=[case.person, case, *tracks, *room_for_screening(case), *grants],
    )
    reporting.link_to_case(actor=actor, report_id=report.id, case_id=case.id, at=at)
    ask_for_screening(case, actor=actor, at=at)
    return case


def _new_case(report: Report, desk: Desk, identification_desk: Desk, at: datetime) -> Case:
    person = Person(made_at=at)
    person.save(force_insert=True)
    case = Case(
        person=person,
        report=report,
        channel=report.channel,
        desk=desk,
        identification_desk=identification_desk,
        pack=code_of(current()),
        kept_from=report.involved_agencies,
        opened_at=at,
        first_sign_at=report.received_at,
        child=report.child,
        language=report.language,
    )
    save_under_a_pseudonym(case)
    return case


def _said_in(report: Report, reporter_is_person: bool) -> list[UUID]:
    """What of a report goes to the leading desk. The reporter's contact only when it is theirs."""
    kinds = [Compartment.Kind.NARRATIVE]
    if reporter_is_person:
        kinds.append(Compartment.Kind.CONTACT)
    found = vault.compartments_of(report.id).filter(kind__in=kinds)
    return list(found.values_list("id", flat=True))
