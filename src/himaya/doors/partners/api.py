"""The partners' address: one POST, and the document that describes it. No session, no cookie."""

import time
from http import HTTPStatus
from typing import Annotated, Any

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import Error as DatabaseFault
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import Header, NinjaAPI, Status
from ninja.errors import HttpError, ValidationError
from ninja.security import HttpBearer

from himaya.doors.counting import Share
from himaya.doors.errors import NoSuchKey, NotAnswerable, TooLarge, TooMany
from himaya.doors.partners.body import Contact, File, No, Report, Stored
from himaya.doors.partners.filing import file
from himaya.doors.partners.keys import partner_of
from himaya.kernel.access import Actor
from himaya.kernel.errors import Refusal
from himaya.reporting.public.arrival import database_time
from himaya.reporting.public.upload import announced
from himaya.reporting.receipts import grouped

log = structlog.get_logger("himaya.doors")
PARTNERS_SITE = Actor(kind="site", name="partners")
SHARE = Share(most=60)


class Key(HttpBearer):
    """A partner's key in `Authorization: Bearer …`. Asked before a byte of the body is read."""

    def __call__(self, request: HttpRequest) -> bytes:
        """The partner, as bytes of its id. Raises NoSuchKey, TooMany or TooLarge."""
        scheme, _space, shown = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise NoSuchKey
        return self.authenticate(request, shown.strip())

    def authenticate(self, request: HttpRequest, token: str) -> bytes:
        """As above, for what stands behind the word Bearer."""
        partner = partner_of(token)
        if not SHARE.allows(partner, time.monotonic()):
            raise TooMany
        if announced(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise TooLarge
        return partner


api = NinjaAPI(
    title="Reports of partners",
    version="1",
    description="Hand over a report. It is sealed for the team that reads it before it is stored.",
    docs_url=None,  # such a page would fetch its script from elsewhere
    urls_namespace="partners",
    auth=Key(),
)
NOT_STORED = {
    HTTPStatus.UNAUTHORIZED: No,
    HTTPStatus.CONFLICT: No,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: No,
    HTTPStatus.UNPROCESSABLE_ENTITY: No,
    HTTPStatus.TOO_MANY_REQUESTS: No,
    HTTPStatus.SERVICE_UNAVAILABLE: No,
}


@api.post(
    "/reports",
    response={HTTPStatus.OK: Stored, HTTPStatus.CREATED: Stored, **NOT_STORED},
    summary="Hand over a report",
)
def reports(
    request: HttpRequest,
    report: Report,
    idempotency_key: Annotated[
        str, Header(alias="Idempotency-Key", description="Your own name for this report.")
    ] = "",
) -> Status[Stored]:
    """Store a report, once for each Idempotency-Key: 201 at first, 200 when it was there."""
    partner: bytes = request.auth  # type: ignore[attr-defined]  # what Key answered
    filed = file(
        actor=PARTNERS_SITE,
        partner=partner,
        name=idempotency_key,
        told=report.told(),
        at=database_time(),
    )
    status = HTTPStatus.OK if filed.again else HTTPStatus.CREATED
    with translation.override(translation.get_language_from_request(request)):
        sentence = _("It is stored. Give the person this number only if it is safe for them.")
    return Status(status, Stored(number=grouped(filed.digits), sentence=sentence))


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """An expected no."""
    with translation.override(translation.get_language_from_request(request)):
        where = str(refusal.facts.get("where", ""))
        said = No(code=refusal.code, sentence=refusal.sentence(), where=where)
    response = api.create_response(request, said, status=refusal.status)
    if refusal.status == HTTPStatus.TOO_MANY_REQUESTS:
        response.headers["Retry-After"] = "60"
    return response


@api.exception_handler(ValidationError)
def not_answerable(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    """A field that is missing, unknown or wrong. What was sent is not repeated."""
    return refused(request, NotAnswerable(where=_where(wrong.errors)))


@api.exception_handler(HttpError)
@api.exception_handler(RequestDataTooBig)
def not_read(request: HttpRequest, wrong: Exception) -> HttpResponse:
    """A body that is no JSON, or that is longer than it said."""
    large = isinstance(wrong, RequestDataTooBig)
    return refused(request, TooLarge() if large else NotAnswerable(where="body"))


@api.exception_handler(DatabaseFault)
def not_now(request: HttpRequest, fault: DatabaseFault) -> HttpResponse:
    """The database is away: nothing is stored."""
    log.error("database", kind=type(fault).__name__)
    with translation.override(translation.get_language_from_request(request)):
        sentence = _("This was not stored. Send the same again in a few minutes.")
    said = No(code="doors.not_now", sentence=sentence)
    return api.create_response(request, said, status=HTTPStatus.SERVICE_UNAVAILABLE)


def _where(errors: list[dict[str, Any]]) -> str:
    """The names of our own fields that are wrong; a name that the sender made up is not one."""
    ours = {"body", "report", *Report.model_fields, *Contact.model_fields, *File.model_fields}
    named = {
        ".".join(str(step) for step in each["loc"] if step in ours - {"body", "report"})
        for each in errors
    }
    return ", ".join(sorted(name or "body" for name in named))
