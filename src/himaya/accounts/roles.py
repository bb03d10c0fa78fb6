"""Roles of officers, as data: what each may do, and what it must be trained in."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from himaya.kernel.access import Permission


@dataclass(frozen=True, slots=True)
class Role:
    """What an officer of this kind may do. certificate: the training it needs, if any.

    seated: whether they sit at a desk, and so may be given its key.
    """

    code: str
    title: str | Promise
    permissions: frozenset[Permission]
    certificate: str = ""
    seated: bool = True


ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        Role(
            "intake_officer",
            _("Intake officer"),
            frozenset(
                {
                    Permission.OCCASION_KEEP,
                    Permission.REPORT_READ,
                    Permission.REPORT_TRIAGE,
                    Permission.REPORT_ANSWER,
                    Permission.REPORT_ENTER,
                    Permission.CASE_OPEN,
                    Permission.PERSON_SEARCH,
                    Permission.REFERRAL_ANSWER,
                    Permission.ACCESS_EMERGENCY,
                    Permission.INFORMANT_ASK,
                    Permission.INFORMANT_ALLOW,
                    Permission.ERASURE_ASK,
                    Permission.DIRECTORY_CONFIRM,
                    Permission.KEY_VOUCH,
                }
            ),
        ),
        Role(
            "hotline_operator",
            _("Hotline operator"),
            frozenset({Permission.CALL_TAKE, Permission.KEY_VOUCH}),
        ),
        Role(
            "identification_officer",
            _("Identification officer"),
            frozenset(
                {
                    Permission.OCCASION_KEEP,
                    Permission.CASE_READ,
                    Permission.PERSON_SEARCH,
                    Permission.PERSON_SCREEN,
                    Permission.CARD_USE,
                    Permission.STATUS_PRESUME,
                    Permission.STATUS_DECIDE,
                    Permission.DECISION_TELL,
                    Permission.REFERRAL_ANSWER,
                    Permission.STEP_TAKE,
                    Permission.CLOCK_PAUSE,
                    Permission.DIRECTORY_CONFIRM,
                    Permission.KEY_VOUCH,
                }
            ),
            certificate="trauma_informed_interviewing",
        ),
        Role(
            "field_officer",
            _("Field officer"),
            frozenset({Permission.CARD_USE}),
            seated=False,
        ),
        Role(
            "case_worker",
            _("Case worker"),
            frozenset(
                {
                    Permission.OCCASION_KEEP,
                    Permission.CASE_READ,
                    Permission.PERSON_SEARCH,
                    Permission.CASE_WORK,
                    Permission.STEP_TAKE,
                    Permission.CLOCK_PAUSE,
                    Permission.CONSENT_RECORD,
                    Permission.DECISION_TELL,
                    Permission.REFERRAL_SEND,
                    Permission.REFERRAL_ANSWER,
                    Permission.CASE_CLOSE,
                    Permission.ERASURE_ASK,
                    Permission.DIRECTORY_CONFIRM,
                    Permission.KEY_VOUCH,
                }
            ),
        ),
        Role(
            "return_counsellor",
            _("Return counsellor"),
            frozenset({Permission.CASE_READ, Permission.STEP_TAKE, Permission.KEY_VOUCH}),
        ),
        Role(
            "shelter_worker",
            _("Shelter worker"),
            frozenset(
                {
                    Permission.OCCASION_KEEP,
                    Permission.REFERRAL_ANSWER,
                    Permission.STEP_TAKE,
                    Permission.DIRECTORY_CONFIRM,
                    Permission.KEY_VOUCH,
                }
            ),
        ),
        Role(
            "prosecutor",
            _("Prosecutor"),
            frozenset(
                {
                    Permission.REFERRAL_ANSWER,
                    Permission.LAWSUIT_RECORD,
                    Permission.STATUS_DECIDE,
                    Permission.STEP_TAKE,
                    Permission.INQUIRY_LEAD,
                    Permission.RETENTION_RELEASE,
                    Permission.DIRECTORY_CONFIRM,
                    Permission.KEY_VOUCH,
                }
            ),
        ),
        Role(
            "committee_secretariat",
            _("Committee secretariat"),
            frozenset({Permission.FIGURES_READ, Permission.MEETING_RECORD, Permission.KEY_VOUCH}),
        ),
        Role(
            "data_protection_officer",
            _("Data protection officer"),
            frozenset(
                {
                    Permission.LEDGER_READ,
                    Permission.FIGURES_READ,
                    Permission.OFFICER_APPROVE,
                    Permission.RETENTION_HOLD,
                    Permission.ERASURE_ALLOW,
                    Permission.OVERRIDE_ALLOW,
                    Permission.KEY_VOUCH,
                }
            ),
        ),
        Role(
            "desk_supervisor",
            _("Desk supervisor"),
            frozenset(
                {
                    Permission.OVERRIDE_ALLOW,
                    Permission.ACCESS_SUPERVISE,
                    Permission.DIRECTORY_CONFIRM,
                    Permission.KEY_VOUCH,
                }
            ),
        ),
        Role(
            "personnel_officer",
            _("Personnel officer"),
            frozenset(
                {
                    Permission.OFFICER_ENROL,
                    Permission.OFFICER_SUSPEND,
                    Permission.OFFICER_APPROVE,
                }
            ),
            seated=False,
        ),
        Role(
            "directory_keeper",
            _("Directory keeper"),
            frozenset({Permission.DIRECTORY_KEEP}),
            seated=False,
        ),
        Role(
            "system_administrator",
            _("System administrator"),
            frozenset({Permission.INSTALLATION_SEE}),
            seated=False,
        ),
    )
}
