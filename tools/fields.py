"""What every field of every table may hold, and who may ever read it: docs/fields.md.

A number, a moment, a key and one of a list cannot hold words, so their type says their class. What
can hold words or bytes is declared here, one by one; a new one without its class fails the build.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

KEY, MOMENT, CODE, WORD = "key", "moment", "code", "word"
SEALED, SECRET, DIGEST, LEDGER = "sealed", "secret", "digest", "ledger"
CLASSES = {
    KEY: "a random number, or a reference to one; tells nothing by itself",
    MOMENT: "a date or a moment",
    CODE: "a number, a yes or no, or one of a list; read by the desks that see the row",
    WORD: "words of the administration: a title, an agenda; never of a person who is helped",
    SEALED: "bytes that only the private key of a desk, of an officer or of a reporter opens",
    SECRET: "what lets somebody in, hashed or under seal; shown on no page to anybody",
    DIGEST: "a hash, a MAC, a signature or a public key; proves and opens nothing",
    LEDGER: "the ledger's: which act, by which class of office; read by the office that watches",
}
BY_TYPE = {
    **dict.fromkeys(("UUIDField", "ForeignKey", "OneToOneField", "BigAutoField", "AutoField"), KEY),
    **dict.fromkeys(("DateTimeField", "DateField", "DurationField"), MOMENT),
    **dict.fromkeys(("BooleanField", "IntegerField", "BigIntegerField", "FloatField"), CODE),
    **dict.fromkeys(("SmallIntegerField", "PositiveIntegerField"), CODE),
    **dict.fromkeys(("PositiveSmallIntegerField", "PositiveBigIntegerField"), CODE),
}
# What a service says of itself to everybody; nothing of a person, nor of a place of shelter.
DIRECTORY_WORDS = {
    "Accessibility": "description details url",
    "Address": "attention address_1 address_2 city region state_province postal_code country",
    "Attribute": "value link_type",
    "Contact": "name title department email",
    "CostOption": "option amount_description",
    "Language": "name note",
    "Location": "url name alternate_name description transportation",
    "Organization": "name alternate_name description email website",
    "Phone": "number type description",
    "RequiredDocument": "document uri",
    "Schedule": "description schedule_link attending_type notes",
    "Service": "name alternate_name description url email interpretation_services "
    "application_process fees_description wait_time eligibility_description "
    "assurer_email alert channel",
    "ServiceArea": "name description extent uri",
    "ServiceAtLocation": "description",
    "TaxonomyTerm": "code name description taxonomy term_uri",
}
DIRECTORY_CODES = {
    "CostOption": "currency",
    "Language": "code",
    "Location": "district",
    "Schedule": "byday byweekno bymonthday byyearday opens_at closes_at",
    "Service": "needs sexes",
    "ServiceArea": "extent_type district",
}
# By model and field; `*` stands for a field of that name in every model.
DECLARED = {
    "*.pseudonym": CODE,
    "*.language": CODE,
    "*.citizenship": CODE,
    "*.signature": DIGEST,
    "*.mac": DIGEST,
    "*.public_key": DIGEST,
    "*.salt": DIGEST,
    "*.sealed": SEALED,
    "*.label_en": WORD,
    "*.label_ar": WORD,
    "*.roles": CODE,
    "audit.Pending.act": LEDGER,
    "audit.Pending.actor_kind": LEDGER,
    "audit.Pending.actor_name": LEDGER,
    "audit.Pending.purpose": LEDGER,
    "audit.Pending.facts": LEDGER,
    "audit.Pending.rows": LEDGER,
    "audit.Entry.act": LEDGER,
    "audit.Entry.actor_kind": LEDGER,
    "audit.Entry.actor_name": LEDGER,
    "audit.Entry.purpose": LEDGER,
    "audit.Entry.facts": LEDGER,
    "audit.Entry.rows": LEDGER,
    "audit.Entry.leaf": DIGEST,
    "audit.TreeHead.frontier": DIGEST,
    "audit.Checkpoint.note": LEDGER,
    "agencies.Agency.code": CODE,
    "agencies.Agency.kind": CODE,
    "agencies.Desk.code": CODE,
    "accounts.Officer.username": WORD,
    "accounts.Officer.password": SECRET,
    "accounts.Session.session_key": DIGEST,
    "accounts.Session.session_data": SECRET,
    "accounts.Tries.key": DIGEST,
    "accounts.TwoPersonAct.act": CODE,
    "accountability.Canary.tag": DIGEST,
    "accountability.Review.purpose": LEDGER,
    "accountability.Review.reason": LEDGER,
    "enrolment.Invitation.token_hash": SECRET,
    "enrolment.Proposal.username": WORD,
    "enrolment.Proposal.desks": CODE,
    "notices.Outgoing.subject_code": CODE,
    "retention.Forecast.rule": CODE,
    "retention.Hold.number": CODE,
    "retention.Review.rule": CODE,
    "retention.Tombstone.kind": CODE,
    "retention.Tombstone.rule": CODE,
    "vault.PasskeyWrap.credential": DIGEST,
    "vault.RecoveryKey.signing_key": DIGEST,
    "vault.RecoveryKey.bodies": CODE,
    "accounts.Certificate.topic": CODE,
    "vault.BlindToken.token": DIGEST,
    "vault.Sealed.name": CODE,
    "vault.Sealed.content": SEALED,
    "reporting.Report.danger": CODE,
    "reporting.Report.involved_agencies": CODE,
    "reporting.Receipt.tag": DIGEST,
    "hotline.Draft.sealed": SEALED,
    "fieldwork.Device.mark": CODE,
    "fieldwork.Device.token_hash": SECRET,
    "hotline.Caller.token": DIGEST,
    "doors.Partner.name": WORD,
    "doors.PartnerKey.digest": DIGEST,
    "reporting.Likeness.sketch": DIGEST,
    "reporting.Join.state": CODE,
    "reporting.Receipt.reporter_key": DIGEST,
    "reporting.Receipt.wrapped": SEALED,
    "reporting.Message.for_reporter": SEALED,
    "identification.Screening.instrument": CODE,
    "identification.Screening.begun_with": CODE,
    "identification.Screening.lists": CODE,
    "identification.Screening.elements": CODE,
    "inquiries.Inquiry.number": CODE,
    "occasions.Occasion.number": CODE,
    "occasions.Occasion.place": CODE,
    "recognition.Match.agrees": CODE,
    "identification.Screening.positive_dimensions": CODE,
    "identification.Screening.advice": CODE,
    "identification.Answer.indicator": CODE,
    **{
        f"clocks.Deadline.{name}": CODE
        for name in ("track", "state", "steps", "pack", "rule", "unit", "pauses")
    },
    "clocks.Pause.reason": CODE,
    "clocks.Pause.track": CODE,
    "clocks.Call.level": CODE,
    "clocks.Call.told": CODE,
    "cases.Case.channel": CODE,
    "cases.Case.pack": CODE,
    "identification.Screening.pack": CODE,
    "cases.Case.kept_from": CODE,
    "cases.Case.sex": CODE,
    "cases.Case.place": CODE,
    "tasks.Aside.kind": CODE,
    "cases.Case.exploitation": CODE,
    "cases.Case.solution": CODE,
    "cases.Merge.own_kept_from": CODE,
    "cases.TrackState.track": CODE,
    "cases.TrackState.state": CODE,
    "cases.TrackState.step": CODE,
    "cases.Move.track": CODE,
    "cases.Move.step": CODE,
    "cases.StatusDecision.reasons": CODE,
    "decisions.Decision.pack": CODE,
    "decisions.Decision.rule": CODE,
    "decisions.Finding.criterion": CODE,
    "consent.Consent.kinds": CODE,
    "consent.Consent.band": CODE,
    "consent.Consent.body": CODE,
    "consent.Consent.legal_basis": CODE,
    "consent.Consent.signed_copy": DIGEST,
    "referrals.Referral.duty": CODE,
    "referrals.Referral.kinds": CODE,
    "referrals.Referral.news": CODE,
    "referrals.Referral.given_by": CODE,
    "referrals.Referral.results": CODE,
    "referrals.ReplyCode.code_hash": DIGEST,
    "statistics.ReferralFact.handle": DIGEST,
    "statistics.DeskDigest.note": WORD,
    "statistics.ReferralFact.sender_kind": CODE,
    "statistics.ReferralFact.receiver_kind": CODE,
    "statistics.ReferralFact.kind": CODE,
    "statistics.ReferralFact.priority": CODE,
    "statistics.ReferralFact.state": CODE,
    "referrals.SentFact.fact": CODE,
    "referrals.SentFact.value": CODE,
    "justice.Lawsuit.offences": CODE,
    "statistics.CaseFact.handle": DIGEST,
    "statistics.CaseFact.channel": CODE,
    "statistics.CaseFact.form": CODE,
    "statistics.CaseFact.solution": CODE,
    "statistics.CaseFact.outcome": CODE,
    "statistics.ImportedFile.sha256": DIGEST,
    "statistics.ImportedFile.root": DIGEST,
    "statistics.ImportedFile.kind": CODE,
    "statistics.ImportedFile.name": WORD,
    "statistics.ImportedFile.source": WORD,
    "statistics.ImportedFile.period": WORD,
    **{
        f"statistics.ImportedFact.{name}": CODE
        for name in ("source", "age_band", "citizenship_region", "country", "region", "months")
    },
    "statistics.ImportedFact.observed": CODE,
    "statistics.ImportedFact.ruled_out": CODE,
    **{
        f"statistics.PublishedFigure.{name}": WORD
        for name in ("iso3", "country", "indicator", "dimension", "label", "category", "sex")
    },
    "statistics.PublishedFigure.age": WORD,
    "statistics.PublishedFigure.source": WORD,
    **{
        f"directory.{model}.{name}": kind
        for named, kind in ((DIRECTORY_WORDS, WORD), (DIRECTORY_CODES, CODE))
        for model, names in named.items()
        for name in names.split()
    },
    "oversight.Meeting.number": WORD,
    "oversight.Meeting.place": WORD,
    "oversight.AgendaItem.text": WORD,
    "oversight.Decision.number": WORD,
    "oversight.Decision.text": WORD,
    "oversight.Action.what": WORD,
}
FIELDS = """# Fields

Every field of every table, by what it may hold. A name, a telephone number or a place of shelter
is in none of them but the sealed ones. {how}

| class | what it holds |
| --- | --- |
{classes}

| table | {columns} |
| --- |{lines}
{rows}
"""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of one of our models. kind: its class, empty when nobody has said it."""

    model: str
    name: str
    kind: str
    may_hold_words: bool


def fields() -> list[Field]:
    """Every field of every table of ours."""
    models = import_module("django.apps").apps.get_models()
    ours = (model for model in models if model.__module__.startswith("himaya."))
    return [
        field for model in sorted(ours, key=lambda model: model._meta.label) for field in _of(model)
    ]


def _of(model: type) -> Iterator[Field]:
    label = model._meta.label  # type: ignore[attr-defined]  # a model
    for field in model._meta.concrete_fields:  # type: ignore[attr-defined]  # as above
        declared = DECLARED.get(f"{label}.{field.name}") or DECLARED.get(f"*.{field.name}")
        by_type = CODE if field.choices else BY_TYPE.get(field.get_internal_type(), "")
        yield Field(label, field.name, by_type or declared or "", not by_type)


def unclassified(found: list[Field]) -> list[str]:
    """Fields that may hold words and of which nobody has said what they hold."""
    return [f"{field.model}.{field.name}" for field in found if not field.kind]


def fields_md(how: str) -> str:
    """docs/fields.md, as it should be."""
    found = fields()
    models = dict.fromkeys(field.model for field in found)
    rows = [_row(model, [_names(found, model, kind) for kind in CLASSES]) for model in models]
    return FIELDS.format(
        how=how,
        classes="\n".join(f"| {kind} | {what} |" for kind, what in CLASSES.items()),
        columns=" | ".join(CLASSES),
        lines=" --- |" * len(CLASSES),
        rows="\n".join(rows),
    )


def _row(model: str, columns: list[list[str]]) -> str:
    cells = (", ".join(f"`{name}`" for name in names) for names in columns)
    return f"| `{model}` | {' | '.join(cells)} |"


def _names(found: list[Field], model: str, kind: str) -> list[str]:
    return [field.name for field in found if (field.model, field.kind) == (model, kind)]
