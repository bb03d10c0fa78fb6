"""The paper on which a person can sign, and the signed copy that is kept."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from himaya.audit.record import record
from himaya.cases.queries import case_for
from himaya.consent.errors import MoveNotOpen, NotAScan
from himaya.consent.models import Consent
from himaya.consent.operations.keeping import keep, locked
from himaya.consent.queries import consent_of
from himaya.consent.sealed import signed_copy
from himaya.consent.wording import Told, speaking, told
from himaya.kernel.access import Actor, Permission
from himaya.kernel.errors import NotKnown
from himaya.papers.make import Content, pdf
from himaya.vault.keyring import Keyring

LARGEST = 8 * 1024 * 1024
# By what a scan begins with: PDF, JPEG, PNG.
KINDS = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
SCAN = "scan"


@transaction.atomic
def paper(*, actor: Actor, case_id: UUID, consent_id: UUID, at: datetime) -> bytes:
    """The consent as a PDF to sign, in the person's language with the officer's beside it.

    No name is on it: people write theirs by hand. That it was made is on record, with its hash.
    """
    actor.need(Permission.CONSENT_RECORD)
    consent = consent_of(case_for(actor, case_id), consent_id)
    if consent.legal_basis:
        raise MoveNotOpen(consent=consent.pk)  # nobody signs what was shared without them
    theirs = told(consent, consent.language)
    ours = told(consent, get_language() or theirs.language)
    made = pdf("consent", _content(consent, theirs, ours), language=theirs.language)
    record(
        act="consent.paper_made",
        actor=actor,
        at=at,
        subject_id=consent.case_id,
        desk_id=consent.case.desk_id,
        facts={
            "consent": str(consent.id),
            "language": theirs.language,
            "sha256": sha256(made).hexdigest(),
        },
    )
    return made


@transaction.atomic
def keep_signed_copy(
    *, actor: Actor, case_id: UUID, consent_id: UUID, scan: bytes, at: datetime
) -> Consent:
    """Put the scan of the signed paper on file: sealed into the case, its hash on record.

    Raises NotAScan for what is no PDF and no picture, or too large.
    """
    actor.need(Permission.CONSENT_RECORD)
    if not scan.startswith(KINDS) or len(scan) > LARGEST:
        raise NotAScan(consent=consent_id)
    consent = locked(actor, case_id, consent_id)
    if consent.given_at is None or consent.legal_basis:
        raise MoveNotOpen(consent=consent.pk)
    consent.signed_copy, consent.signed_copy_at = sha256(scan).hexdigest(), at
    consent.save(update_fields=["signed_copy", "signed_copy_at"])
    record(
        act="consent.signed_copy_kept",
        actor=actor,
        at=at,
        subject_id=consent.case_id,
        desk_id=consent.case.desk_id,
        facts={"consent": str(consent.id), "sha256": consent.signed_copy},
        rows=[consent, *keep(consent, scan, at, name=SCAN)],
    )
    return consent


def _content(consent: Consent, theirs: Told, ours: Told) -> dict[str, Content]:
    beside = ours if ours.language != theirs.language else None
    sides = [each for each in (theirs, beside) if each]
    by_hand = zip(*(_fields(each.language) for each in sides), strict=True)
    return {
        "title": theirs.title,
        "number": consent.case.pseudonym,
        "columns": [_column(each) for each in sides],
        "fields": list(by_hand),
        "foot": consent.case.pseudonym,
    }


def _column(said: Told) -> dict[str, Content]:
    with speaking(said.language):
        before, means = _("Before you answer"), _("What your yes means")
    return {
        "language": said.language,
        "before": before,
        "points": said.points,
        "means": means,
        "sentences": said.sentences,
    }


def _fields(language: str) -> list[Content]:
    """What is written by hand, as words that name their language."""
    with speaking(language):
        labels = [
            _("Name or mark of whoever agrees"),
            _("If you decide for somebody: as what"),
            _("Interpreter, who has promised to keep silent"),
            _("Case worker"),
            _("Day and place"),
        ]
    return [{"language": language, "text": label} for label in labels]


@transaction.atomic
def read_signed_copy(
    *,
    actor: Actor,
    keyring: Keyring,
    case_id: UUID,
    consent_id: UUID,
    at: datetime,
    reason: str = "",
) -> bytes:
    """The scan of the signed paper, opened for the desk that leads; the read is recorded.

    Raises NotKnown when there is none, and as `signed_copy` does.
    """
    consent = consent_of(case_for(actor, case_id), consent_id)
    found = signed_copy(keyring=keyring, consent=consent, actor=actor, at=at, reason=reason)
    if found is None:
        raise NotKnown(consent=consent_id)
    return found
