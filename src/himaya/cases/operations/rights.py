"""A person is given the leaflet on their rights."""

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from himaya.audit.record import record
from himaya.cases.queries import case_for
from himaya.cases.rights import leaflet, on_paper, receipt
from himaya.cases.tracks import pack_of
from himaya.kernel.access import Actor, Permission
from himaya.papers.make import pdf


@transaction.atomic
def make_leaflet(*, actor: Actor, case_id: UUID, language: str, beside: str, at: datetime) -> bytes:
    """The leaflet as PDF in the person's language, and the receipt to sign for it.

    beside: the officer's language, in which the receipt is said as well. No name is on it, and the
    leaflet has no number: people write theirs by hand. That it was made is on record, with its
    hash. Raises NotPermitted or NotKnown.
    """
    actor.need(Permission.CASE_READ)
    case = case_for(actor, case_id)
    said, theirs = leaflet(pack_of(case), language), receipt(language)
    ours = receipt(beside)
    both = (theirs, ours) if ours.language != theirs.language else (theirs,)
    made = pdf("rights", on_paper(said, both, case.pseudonym), language=said.language)
    record(
        act="case.leaflet_made",
        actor=actor,
        at=at,
        subject_id=case.pk,
        desk_id=case.desk_id if case.desk_id in actor.desk_ids else case.identification_desk_id,
        facts={"language": said.language, "sha256": sha256(made).hexdigest()},
    )
    return made
