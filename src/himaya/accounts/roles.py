"""Roles of officers, as data: what each may do, and what it must be trained in."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from himaya.kernel.access import Permission as P


@dataclass(frozen=True, slots=True)
class Role:
    """What an officer of this kind may do. certificate: the training it needs, if any."""

    code: str
    title: str | Promise
    permissions: frozenset[P]
    certificate: str = ""


ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        Role(
            "intake_officer",
            _("Intake officer"),
            frozenset({P.REPORT_READ, P.REPORT_TRIAGE, P.REPORT_ANSWER, P.CASE_OPEN}),
        ),
        Role(
            "identification_officer",
            _("Identification officer"),
            frozenset({P.CASE_READ, P.PERSON_SCREEN, P.STATUS_PRESUME}),
            certificate="trauma_informed_interviewing",
        ),
        Role(
            "case_worker",
            _("Case worker"),
            frozenset(
                {P.CASE_READ, P.CASE_WORK, P.CONSENT_RECORD, P.REFERRAL_SEND, P.CASE_CLOSE}
            ),
        ),
        Role("shelter_worker", _("Shelter worker"), frozenset({P.REFERRAL_ANSWER})),
        Role("prosecutor", _("Prosecutor"), frozenset({P.REFERRAL_ANSWER, P.LAWSUIT_RECORD})),
        Role(
            "committee_secretariat",
            _("Committee secretariat"),
            frozenset({P.FIGURES_READ, P.MEETING_RECORD}),
        ),
        Role(
            "data_protection_officer",
            _("Data protection officer"),
            frozenset({P.LEDGER_READ, P.FIGURES_READ}),
        ),
    )
}
