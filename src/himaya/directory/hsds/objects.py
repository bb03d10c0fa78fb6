"""The objects of HSDS 3.0 that the directory carries: fields, what each holds, what hangs on it.

Source: Human Services Data Specification 3.0, names, required fields and lists of values. What it
has besides (funding, programmes, positions on a map, its own change log) is not kept. `himaya` is
our extension of an object: HSDS allows further properties.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from himaya.directory.codes import SEXES
from himaya.directory.models.part import LINE, NAME, WORDS
from himaya.packs.vocabulary import AgencyKind

EXTENSION = "himaya"


class Holds(StrEnum):
    """What a field holds."""

    TEXT = "text"
    KEY = "key"
    LINK = "link"
    EMAIL = "email"
    NUMBER = "number"
    WHOLE = "whole number"
    DATE = "date"
    MOMENT = "moment"
    CLOCK = "time of day"
    FLAG = "yes or no"
    LIST = "list"
    DAYS = "list of weekdays"
    NUMBERS = "list of numbers"


@dataclass(frozen=True, slots=True)
class Column:
    """A field. among: the only values; longest: of a text; least, most: of a number.

    public: handed out as well, not only taken in.
    """

    name: str
    holds: Holds = Holds.TEXT
    longest: int = NAME
    required: bool = False
    among: tuple[str, ...] = ()
    least: float = 0
    most: float = 1_000_000
    public: bool = True


@dataclass(frozen=True, slots=True)
class Branch:
    """Objects that hang on another: the property they stand in, their kind, one or several."""

    name: str
    kind: str
    many: bool = True


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of object. own: fields of our extension. left_out: those of HSDS that are not kept."""

    name: str
    columns: tuple[Column, ...]
    branches: tuple[Branch, ...] = ()
    own: tuple[Column, ...] = ()
    left_out: tuple[str, ...] = field(default=())


DAY_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PLACES = ("physical", "postal", "virtual")
ID = Column("id", Holds.KEY, required=True)
COMMON = ("attributes", "metadata")


def _texts(*names: str, longest: int = NAME) -> tuple[Column, ...]:
    return tuple(Column(name, longest=longest) for name in names)


LANGUAGE = Kind(
    "language",
    (ID, Column("name"), Column("code", longest=12), Column("note", longest=LINE)),
    left_out=COMMON,
)
PHONE = Kind(
    "phone",
    (
        ID,
        Column("number", required=True, longest=60),
        Column("extension", Holds.NUMBER),
        Column("type", longest=40),
        Column("description", longest=LINE),
    ),
    (Branch("languages", "language"),),
    left_out=COMMON,
)
CONTACT = Kind(
    "contact",
    (ID, *_texts("name", "title", "department"), Column("email", Holds.EMAIL)),
    (Branch("phones", "phone"),),
    left_out=COMMON,
)
SCHEDULE = Kind(
    "schedule",
    (
        ID,
        *(Column(name, Holds.DATE) for name in ("valid_from", "valid_to", "dtstart", "until")),
        Column("timezone", Holds.NUMBER, least=-14, most=14),
        Column("count", Holds.WHOLE, least=1, most=10_000),
        Column("wkst", among=DAY_NAMES),
        Column("freq", among=("WEEKLY", "MONTHLY")),
        Column("interval", Holds.WHOLE, least=1, most=1_000),
        Column("byday", Holds.DAYS, longest=100),
        Column("byweekno", Holds.NUMBERS, longest=200, most=53),
        Column("bymonthday", Holds.NUMBERS, longest=200, most=31),
        Column("byyearday", Holds.NUMBERS, longest=1500, most=366),
        Column("description", longest=WORDS),
        Column("opens_at", Holds.CLOCK),
        Column("closes_at", Holds.CLOCK),
        Column("schedule_link", Holds.LINK, longest=LINE),
        Column("attending_type"),
        Column("notes", longest=LINE),
    ),
    left_out=COMMON,
)
SERVICE_AREA = Kind(
    "service_area",
    (
        ID,
        Column("name"),
        Column("description", longest=LINE),
        Column("extent", longest=WORDS),
        Column("extent_type", longest=40),
        Column("uri", longest=LINE),
    ),
    own=(Column("district", longest=40),),
    left_out=COMMON,
)
COST_OPTION = Kind(
    "cost_option",
    (
        ID,
        Column("valid_from", Holds.DATE),
        Column("valid_to", Holds.DATE),
        Column("option"),
        Column("currency", longest=3),
        Column("amount", Holds.NUMBER),
        Column("amount_description", longest=LINE),
    ),
    left_out=COMMON,
)
REQUIRED_DOCUMENT = Kind(
    "required_document",
    (ID, Column("document"), Column("uri", Holds.LINK, longest=LINE)),
    left_out=COMMON,
)
TAXONOMY_TERM = Kind(
    "taxonomy_term",
    (
        ID,
        Column("code"),
        Column("name", required=True),
        Column("description", longest=WORDS, required=True),
        Column("taxonomy"),
        Column("language", longest=12),
        Column("term_uri", Holds.LINK, longest=LINE),
    ),
    left_out=("parent_id", "taxonomy_detail", "taxonomy_id", "metadata"),
)
ATTRIBUTE = Kind(
    "attribute",
    (ID, Column("link_type"), Column("value", longest=LINE)),
    (Branch("taxonomy_term", "taxonomy_term", many=False),),
    left_out=("metadata",),
)
ADDRESS = Kind(
    "address",
    (
        ID,
        Column("attention"),
        Column("address_1", required=True),
        Column("address_2"),
        Column("city", required=True),
        Column("region"),
        Column("state_province", required=True),
        Column("postal_code", longest=40, required=True),
        Column("country", longest=2, required=True),
        Column("address_type", required=True, among=PLACES),
    ),
    left_out=COMMON,
)
ACCESSIBILITY = Kind(
    "accessibility",
    (
        ID,
        Column("description", longest=WORDS),
        Column("details", longest=LINE),
        Column("url", Holds.LINK, longest=LINE),
    ),
    left_out=COMMON,
)
LOCATION = Kind(
    "location",
    (
        ID,
        Column("location_type", required=True, among=PLACES),
        Column("url", Holds.LINK, longest=LINE),
        *_texts("name", "alternate_name"),
        Column("description", longest=WORDS),
        Column("transportation", longest=LINE),
    ),
    (
        Branch("languages", "language"),
        Branch("addresses", "address"),
        Branch("contacts", "contact"),
        Branch("accessibility", "accessibility"),
        Branch("phones", "phone"),
        Branch("schedules", "schedule"),
    ),
    own=(Column("confidential", Holds.FLAG), Column("district", longest=40)),
    left_out=("latitude", "longitude", "external_identifier", "external_identifier_type", *COMMON),
)
SERVICE_AT_LOCATION = Kind(
    "service_at_location",
    (ID, Column("description", longest=WORDS)),
    (
        Branch("contacts", "contact"),
        Branch("phones", "phone"),
        Branch("schedules", "schedule"),
        Branch("location", "location", many=False),
    ),
    left_out=COMMON,
)
ORGANIZATION = Kind(
    "organization",
    (
        ID,
        Column("name", required=True),
        Column("alternate_name"),
        Column("description", longest=WORDS, required=True),
        Column("email", Holds.EMAIL),
        Column("website", Holds.LINK, longest=LINE),
        Column("parent_organization_id", Holds.KEY),
    ),
    (Branch("contacts", "contact"), Branch("phones", "phone")),
    own=(
        Column("kind", among=tuple(kind.value for kind in AgencyKind)),
        Column("agency", longest=40),
        Column("protocol_signed_on", Holds.DATE, public=False),
        Column("protocol_ends_on", Holds.DATE, public=False),
    ),
    left_out=(
        "tax_status",
        "tax_id",
        "year_incorporated",
        "legal_status",
        "logo",
        "uri",
        "funding",
        "locations",
        "programs",
        "organization_identifiers",
        *COMMON,
    ),
)
SERVICE = Kind(
    "service",
    (
        ID,
        Column("name", required=True),
        Column("alternate_name"),
        Column("description", longest=WORDS),
        Column("url", Holds.LINK, longest=LINE),
        Column("email", Holds.EMAIL),
        Column(
            "status",
            required=True,
            among=("active", "inactive", "defunct", "temporarily closed"),
        ),
        Column("interpretation_services", longest=LINE),
        Column("application_process", longest=WORDS),
        Column("fees_description", longest=LINE),
        Column("wait_time"),
        Column("eligibility_description", longest=WORDS),
        Column("minimum_age", Holds.NUMBER, most=150),
        Column("maximum_age", Holds.NUMBER, most=150),
        Column("assured_date", Holds.DATE),
        Column("assurer_email", Holds.EMAIL),
        Column("alert", longest=LINE),
        Column("last_modified", Holds.MOMENT),
    ),
    (
        Branch("phones", "phone"),
        Branch("schedules", "schedule"),
        Branch("service_areas", "service_area"),
        Branch("service_at_locations", "service_at_location"),
        Branch("languages", "language"),
        Branch("cost_options", "cost_option"),
        Branch("required_documents", "required_document"),
        Branch("contacts", "contact"),
        Branch("attributes", "attribute"),
        Branch("organization", "organization", many=False),
    ),
    own=(
        Column("sexes", Holds.LIST, among=tuple(code for code, _label in SEXES)),
        Column("families", among=("any", "only", "none")),
        Column("answers", among=("emergency", "urgent", "normal")),
        Column("desk", longest=40),
        Column("assured_by", longest=40),
        Column("channel", longest=LINE, public=False),
        Column("free_places", Holds.WHOLE, public=False),
        Column("free_said_at", Holds.MOMENT, public=False),
        Column("free_said_by", longest=40, public=False),
    ),
    left_out=("program_id", "fees", "accreditations", "licenses", "funding", "program", "metadata"),
)
KINDS = {
    kind.name: kind
    for kind in (
        SERVICE,
        ORGANIZATION,
        SERVICE_AT_LOCATION,
        LOCATION,
        ADDRESS,
        ACCESSIBILITY,
        ATTRIBUTE,
        TAXONOMY_TERM,
        REQUIRED_DOCUMENT,
        COST_OPTION,
        SERVICE_AREA,
        SCHEDULE,
        CONTACT,
        PHONE,
        LANGUAGE,
    )
}
# Objects that several services share: each stands for itself, whichever service it came with.
SHARED = {"organization", "location"}
