"""Founding an installation, as the owner of the tables."""

from argparse import Namespace

from django.core.exceptions import ValidationError
from django.db import transaction

from himaya.agencies.models import Agency
from himaya.enrolment.forms import NAME
from himaya.enrolment.operations.carrying_out import Done
from himaya.enrolment.operations.founding import Founder, found
from himaya.enrolment.tokens import grouped
from himaya.installation.clock import now
from himaya.installation.failure import Failure
from himaya.kernel.access import job
from himaya.kernel.errors import Refusal

FOUNDER = job("founder")


def run(options: Namespace) -> int:
    """Name the two, and print what their papers say."""
    founders = [_founder(agency, username) for agency, username in options.founders]
    try:
        with transaction.atomic():
            done = found(actor=FOUNDER, founders=founders, at=now())
    except Refusal as refusal:
        raise Failure(f"{refusal.sentence()} ({refusal.code})") from refusal
    print("\n\n".join(map(_paper, done)))
    return 0


def _founder(code: str, username: str) -> Founder:
    agency = Agency.objects.filter(code=code).first()
    if agency is None:
        known = ", ".join(Agency.objects.order_by("code").values_list("code", flat=True))
        raise Failure(f"There is no agency {code}. The country pack has: {known}.")
    try:
        NAME(username)
    except ValidationError as error:
        raise Failure(f"{username} cannot be a user name. {error.messages[0]}") from error
    return Founder(username, agency.pk)


def _paper(done: Done) -> str:
    until = f"{done.until:%Y-%m-%d %H:%M} UTC" if done.until else ""
    return (
        f"{done.officer.agency.code}: {done.officer.username}\n"
        f"  Type this on the officers' site, at /enrol, before {until}. It works once.\n"
        f"  {grouped(done.token)}"
    )
