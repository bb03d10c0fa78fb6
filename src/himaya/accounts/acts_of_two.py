"""Acts that one person asks for and another allows, as data: every concept's acts stand here.

The database holds the same table (`accounts_act_of_two` in policies.sql), so that it can refuse
what the code forgets; a test compares the two, and another asks each act for its attack.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from himaya.accounts.models import TwoPersonAct
from himaya.kernel.access import Permission

Reason = TwoPersonAct.Reason


@dataclass(frozen=True, slots=True)
class ActOfTwo:
    """An act that needs two. other_body: the second person is of another agency than the first.

    valid_for: from asking to doing. reasons: those that may be given. place: the page of what is
    asked for, with `{id}` for its subject; empty when the code says all. seen_while_waiting: the
    second person sees that page until somebody has decided, and not after.
    """

    code: str
    title: str | Promise
    ask: Permission
    approve: Permission
    other_body: bool = True
    valid_for: timedelta = timedelta(days=7)
    reasons: tuple[Reason, ...] = tuple(Reason)
    place: str = ""
    seen_while_waiting: bool = False


ACTS_OF_TWO: dict[str, ActOfTwo] = {
    act.code: act
    for act in (
        ActOfTwo(
            "officer.enrol",
            _("Enrol an officer"),
            Permission.OFFICER_ENROL,
            Permission.OFFICER_APPROVE,
            reasons=(Reason.NEW_COLLEAGUE,),
            place="/officers/asked/{id}/",
        ),
        ActOfTwo(
            "officer.change",
            _("Change an officer's roles or desks"),
            Permission.OFFICER_ENROL,
            Permission.OFFICER_APPROVE,
            reasons=(Reason.NEW_DUTIES, Reason.LAW_REQUIRES),
            place="/officers/asked/{id}/",
        ),
        ActOfTwo(
            "officer.reinstate",
            _("Let a suspended officer work again"),
            Permission.OFFICER_ENROL,
            Permission.OFFICER_APPROVE,
            reasons=(Reason.CLEARED, Reason.LAW_REQUIRES),
            place="/officers/asked/{id}/",
        ),
        ActOfTwo(
            "vault.readmit",
            _("Admit an officer again who has lost their passphrase"),
            Permission.KEY_VOUCH,
            Permission.OFFICER_APPROVE,
            reasons=(Reason.LOST_ACCESS,),
            place="/keys/again/{id}/",
        ),
        ActOfTwo(
            "reporting.informant",
            _("Read who reported"),
            Permission.INFORMANT_ASK,
            Permission.INFORMANT_ALLOW,
            reasons=(Reason.LAW_REQUIRES, Reason.DANGER, Reason.PERSON_ASKED),
            place="/reports/informants/{id}/",
        ),
        ActOfTwo(
            "reporting.discard",
            _("Close a report without a case"),
            Permission.REPORT_TRIAGE,
            Permission.REPORT_TRIAGE,
            # The second person must be able to read it, so it is a colleague of the same desk.
            other_body=False,
            valid_for=timedelta(days=3),
            reasons=(
                Reason.NOTHING_TOLD,
                Reason.OTHER_MATTER,
                Reason.MADE_UP,
                Reason.PERSON_ASKED,
                Reason.EXERCISE,
            ),
            place="/reports/{id}/closing",
        ),
        ActOfTwo(
            "reporting.send_anyway",
            _("Send an answer that may tell who or where"),
            Permission.REPORT_ANSWER,
            Permission.REPORT_ANSWER,
            other_body=False,
            valid_for=timedelta(days=3),
            reasons=(Reason.KNOWN_TO_ALL, Reason.DANGER, Reason.PERSON_ASKED),
            place="/reports/held/{id}/",
        ),
        ActOfTwo(
            "consent.override",
            _("Share without a person's consent"),
            Permission.CONSENT_RECORD,
            Permission.OVERRIDE_ALLOW,
            # A life may hang on it: the supervisor of the same body is near, and not asked first.
            other_body=False,
            valid_for=timedelta(days=3),
            reasons=(Reason.DANGER, Reason.LAW_REQUIRES),
            place="/consents/overrides/{id}/",
            seen_while_waiting=True,
        ),
        ActOfTwo(
            "retention.lift_hold",
            _("End a legal hold"),
            Permission.RETENTION_HOLD,
            Permission.RETENTION_RELEASE,
            reasons=(Reason.TIME_OVER, Reason.CLEARED, Reason.LAW_REQUIRES),
            place="/retention/holds/{id}/",
        ),
        ActOfTwo(
            "retention.erase",
            _("Destroy what a person told"),
            Permission.ERASURE_ASK,
            Permission.ERASURE_ALLOW,
            reasons=(Reason.PERSON_ASKED, Reason.LAW_REQUIRES),
        ),
    )
}
