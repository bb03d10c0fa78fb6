"""A directory keeper describes services, organisations and locations."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from himaya.audit.record import record
from himaya.directory.errors import (
    AgencyHere,
    AgesReversed,
    AgreementReversed,
    DeskAndChannel,
)
from himaya.directory.models import Language, Organization, Service, ServiceArea
from himaya.directory.rules.keeping import check_may_keep
from himaya.kernel.access import Actor
from himaya.kernel.errors import NotKnown, Stale


@dataclass(frozen=True, slots=True)
class Described:
    """What a keeper says of a service, apart from its languages and districts."""

    name: str
    description: str
    status: str
    needs: Collection[str]
    sexes: Collection[str]
    families: str
    minimum_age: float | None
    maximum_age: float | None
    answers: str
    desk_id: UUID | None
    channel: str
    email: str
    url: str
    application_process: str
    eligibility_description: str
    fees_description: str
    interpretation_services: str
    wait_time: str
    alert: str


@transaction.atomic
def describe(
    *,
    actor: Actor,
    service_id: UUID,
    version: int,
    described: Described,
    languages: Collection[str],
    districts: Collection[str],
    at: datetime,
) -> Service:
    """Describe a service anew. version: of the page on which it was written.

    languages, districts: codes; those that go leave their rows, those that stay keep theirs.
    Raises NotPermitted, NotKnown, Stale, AgesReversed or DeskAndChannel; then nothing has changed.
    """
    check_may_keep(actor)
    service = Service.objects.select_for_update().filter(pk=service_id).first()
    if service is None:
        raise NotKnown(service=service_id)
    if service.version != version:
        raise Stale(service=service_id)
    _fill(service, described, at)
    service.version += 1
    service.save()
    rows, gone = _matched(service, languages, districts)
    record(
        act="directory.described",
        actor=actor,
        at=at,
        subject_id=service.pk,
        rows=[service, *rows],
        gone=gone,
    )
    for row in gone:
        row.delete()
    return service


@transaction.atomic
def add(
    *,
    actor: Actor,
    organization_id: UUID,
    described: Described,
    languages: Collection[str],
    districts: Collection[str],
    at: datetime,
) -> Service:
    """Put a service of a known organisation into the directory.

    Raises NotPermitted, NotKnown, AgesReversed or DeskAndChannel; then nothing has changed.
    """
    check_may_keep(actor)
    if not Organization.objects.filter(pk=organization_id).exists():
        raise NotKnown(organization=organization_id)
    service = Service(organization_id=organization_id)
    _fill(service, described, at)
    service.assured_date = at.date()
    service.save()
    rows, _gone = _matched(service, languages, districts)
    record(act="directory.added", actor=actor, at=at, subject_id=service.pk, rows=[service, *rows])
    return service


@transaction.atomic
def add_organization(
    *,
    actor: Actor,
    name: str,
    description: str,
    kind: str,
    agency_id: UUID | None,
    email: str,
    website: str,
    at: datetime,
) -> Organization:
    """Put a body that gives services into the directory. agency_id: the same body in the pack.

    Raises NotPermitted or AgencyHere; then nothing has changed.
    """
    check_may_keep(actor)
    if agency_id and Organization.objects.filter(agency_id=agency_id).exists():
        raise AgencyHere(agency=agency_id)
    giver = Organization.objects.create(
        name=name,
        description=description,
        kind=kind,
        agency_id=agency_id,
        email=email,
        website=website,
        changed_at=at,
    )
    record(
        act="directory.organization_added", actor=actor, at=at, subject_id=giver.pk, rows=[giver]
    )
    return giver


@transaction.atomic
def agree(
    *,
    actor: Actor,
    organization_id: UUID,
    version: int,
    signed_on: date | None,
    ends_on: date | None,
    at: datetime,
) -> Organization:
    """Until when an organisation may be given information about people, by what was signed.

    Raises NotPermitted, NotKnown, Stale or AgreementReversed; then nothing has changed.
    """
    check_may_keep(actor)
    giver = Organization.objects.select_for_update().filter(pk=organization_id).first()
    if giver is None:
        raise NotKnown(organization=organization_id)
    if giver.version != version:
        raise Stale(organization=organization_id)
    if ends_on is not None and (signed_on is None or ends_on < signed_on):
        raise AgreementReversed(organization=organization_id)
    giver.protocol_signed_on, giver.protocol_ends_on = signed_on, ends_on
    giver.changed_at = at
    giver.version += 1
    giver.save()
    record(act="directory.agreed", actor=actor, at=at, subject_id=giver.pk, rows=[giver])
    return giver


def _fill(service: Service, described: Described, at: datetime) -> None:
    lowest, highest = described.minimum_age, described.maximum_age
    if lowest is not None and highest is not None and lowest > highest:
        raise AgesReversed(service=service.pk)
    if described.desk_id and described.channel:
        raise DeskAndChannel(service=service.pk)
    for name, value in asdict(described).items():
        setattr(service, name, value)
    service.needs, service.sexes = sorted(described.needs), sorted(described.sexes)
    service.changed_at = service.last_modified = at


def _matched(
    service: Service, languages: Collection[str], districts: Collection[str]
) -> tuple[list[Language | ServiceArea], list[Language | ServiceArea]]:
    """Rows put in so that these are the service's languages and districts, and rows to take out."""
    rows: list[Language | ServiceArea] = []
    gone: list[Language | ServiceArea] = []
    spoken = {row.code: row for row in Language.objects.filter(service=service).exclude(code="")}
    areas = ServiceArea.objects.filter(service=service).exclude(district="")
    covered = {row.district: row for row in areas}
    for code in set(languages) - set(spoken):
        rows.append(Language.objects.create(service=service, hsds_id=uuid4(), code=code))
    for code in set(districts) - set(covered):
        rows.append(ServiceArea.objects.create(service=service, hsds_id=uuid4(), district=code))
    gone += [row for code, row in spoken.items() if code not in languages]
    gone += [row for code, row in covered.items() if code not in districts]
    return rows, gone
