"""Roles of officers, as data: what each may do, and what it must be trained in."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from himaya.kernel.access import Permission


@dataclass(frozen=True, slots=True)
class Role:
    """What an officer of this kind may do. certificate: the training it needs, if any."""

    code: str
    title: str | Promise
    permissions: frozenset[Permission]
    certificate: str = ""


ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        Role(
            "intake_officer",
            _("Intake officer"),
            frozenset(
                {
                    Permission.REPORT_READ,
                    Permission.REPORT_TRIAGE,
                    Permission.REPORT_ANSWER,
                    Permission.CASE_OPEN,
                }
            ),
        ),
        Role(
            "identification_officer",
            _("Identification officer"),
            frozenset({Permission.CASE_READ, Permission.PERSON_SCREEN, Permission.STATUS_PRESUME}),
            certificate="trauma_informed_interviewing",
        ),
        Role(
            "case_worker",
            _("Case worker"),
            frozenset(
                {
                    Permission.CASE_READ,
                    Permission.CASE_WORK,
                    Permission.CONSENT_RECORD,
                    Permission.REFERRAL_SEND,
                    Permission.CASE_CLOSE,
                }
            ),
        ),
        Role("shelter_worker", _("Shelter worker"), frozenset({Permission.REFERRAL_ANSWER})),
        Role(
            "prosecutor",
            _("Prosecutor"),
            frozenset({Permission.REFERRAL_ANSWER, Permission.LAWSUIT_RECORD}),
        ),
        Role(
            "committee_secretariat",
            _("Committee secretariat"),
            frozenset({Permission.FIGURES_READ, Permission.MEETING_RECORD}),
        ),
        Role(
            "data_protection_officer",
            _("Data protection officer"),
            frozenset({Permission.LEDGER_READ, Permission.FIGURES_READ}),
        ),
    )
}
