"""Who acts, and what they may do."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, ParamSpec
from uuid import UUID

from himaya.kernel.errors import CertificateMissing, NotPermitted, Refusal

P = ParamSpec("P")


class Permission(StrEnum):
    """One act of the pathway that a role may include; `accounts.roles` says which has which."""

    REPORT_READ = "report.read"
    REPORT_TRIAGE = "report.triage"
    REPORT_ANSWER = "report.answer"
    REPORT_ENTER = "report.enter"
    CALL_TAKE = "call.take"
    CASE_OPEN = "case.open"
    CASE_READ = "case.read"
    CASE_WORK = "case.work"
    PERSON_SCREEN = "person.screen"
    OCCASION_KEEP = "occasion.keep"
    CARD_USE = "card.use"
    STATUS_PRESUME = "status.presume"
    STATUS_DECIDE = "status.decide"
    DECISION_TELL = "decision.tell"
    STEP_TAKE = "step.take"
    CLOCK_PAUSE = "clock.pause"
    CONSENT_RECORD = "consent.record"
    OVERRIDE_ALLOW = "override.allow"
    REFERRAL_SEND = "referral.send"
    REFERRAL_ANSWER = "referral.answer"
    LAWSUIT_RECORD = "lawsuit.record"
    CASE_CLOSE = "case.close"
    PERSON_SEARCH = "person.search"
    INQUIRY_LEAD = "inquiry.lead"
    DIRECTORY_CONFIRM = "directory.confirm"
    DIRECTORY_KEEP = "directory.keep"
    FIGURES_READ = "figures.read"
    MEETING_RECORD = "meeting.record"
    LEDGER_READ = "ledger.read"
    RETENTION_HOLD = "retention.hold"
    RETENTION_RELEASE = "retention.release"
    ERASURE_ASK = "erasure.ask"
    ERASURE_ALLOW = "erasure.allow"
    ACCESS_SUPERVISE = "access.supervise"
    ACCESS_EMERGENCY = "access.emergency"
    OFFICER_ENROL = "officer.enrol"
    OFFICER_SUSPEND = "officer.suspend"
    OFFICER_APPROVE = "officer.approve"
    INSTALLATION_SEE = "installation.see"
    KEY_VOUCH = "key.vouch"
    INFORMANT_ASK = "informant.ask"
    INFORMANT_ALLOW = "informant.allow"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody, or something, that acts: an officer, a named job, or the reporters' site.

    name: the job, the site, or the class of office (the officer's first role); never a name.
    lapsed: what the actor's roles include and is closed, because a certificate is not valid.
    """

    kind: Literal["officer", "job", "site"]
    name: str
    officer_id: UUID | None = None
    agency_id: UUID | None = None
    roles: frozenset[str] = field(default_factory=frozenset)
    desk_ids: frozenset[UUID] = field(default_factory=frozenset)
    permissions: frozenset[Permission] = field(default_factory=frozenset)
    certificates: frozenset[str] = field(default_factory=frozenset)
    lapsed: frozenset[Permission] = field(default_factory=frozenset)

    def may(self, permission: Permission) -> bool:
        """True when one of the actor's roles includes the permission."""
        return permission in self.permissions

    def need(self, permission: Permission) -> None:
        """Raise NotPermitted unless the actor has the permission.

        Raises CertificateMissing where a training is all that stands in the way.
        """
        if self.may(permission):
            return
        if permission in self.lapsed:
            raise CertificateMissing(permission=permission.value)
        raise NotPermitted(permission=permission.value)


REPORTERS_SITE = Actor(kind="site", name="reporters")


def job(name: str) -> Actor:
    """A named job of the worker or of the command line, as an actor."""
    return Actor(kind="job", name=name)


def allowed(check: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> bool:
    """The rule `check` as a question: True unless it refuses."""
    try:
        check(*args, **kwargs)
    except Refusal:
        return False
    return True
