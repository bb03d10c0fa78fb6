"""Consents told in sentences (S7): what the officer reads of them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from himaya.agencies.models import Agency
from himaya.cases.presenters import language_name
from himaya.cases.tracks import pack_of
from himaya.consent import rules, wording
from himaya.consent.models import Consent, Telling
from himaya.packs.entries import by_id
from himaya.packs.schema import Pack
from himaya.vault.models import Compartment

State = Consent.State
KIND_OF_TAG = {State.GRANTED: "good", State.WITHDRAWN: "bad", State.REFUSED: "bad"}


def sentence(consent: Consent) -> str:
    """What the person allows, in one sentence; and on which ground, when they did not."""
    named = _(", ").join(str(Compartment.Kind(kind).label) for kind in consent.kinds)
    allows = _("%(desk)s may see: %(parts)s. Purpose: %(purpose)s. Until %(until)s.") % {
        "desk": consent.recipient.label(),
        "parts": named,
        "purpose": consent.get_purpose_display(),
        "until": wording.last_day(consent),
    }
    return f"{allows} {basis(consent)}".strip()


def how(consent: Consent) -> str:
    """How it was asked and answered, in one sentence; empty while nobody has answered."""
    if consent.given_at is None or consent.legal_basis:
        return ""
    with_interpreter = _("with an interpreter") if consent.interpreter else _("without interpreter")
    return _("%(giver)s: %(method)s, in %(language)s, %(interpreter)s, on %(day)s.") % {
        "giver": consent.get_given_by_display(),
        "method": consent.get_method_display(),
        "language": language_name(consent.language),
        "interpreter": with_interpreter,
        "day": date_format(consent.given_at, "DATE_FORMAT"),
    }


def standing(consent: Consent, at: datetime) -> tuple[str, str]:
    """Where a consent stands now, in a word, and the kind of tag that shows it."""
    if consent.state == State.GRANTED and not rules.holds(consent, at):
        return str(State.EXPIRED.label), "plain"
    if consent.state == State.GRANTED:
        return (_("Holds by law") if consent.legal_basis else _("Holds")), "good"
    if consent.state == State.ASKED and consent.legal_basis:
        return _("Waits for a second person"), "plain"
    return str(consent.get_state_display()), KIND_OF_TAG.get(State(consent.state), "plain")


@dataclass(frozen=True, slots=True)
class Row:
    """One consent in a list. ends: what its button says, empty when there is nothing to end."""

    id: str
    sentence: str
    how: str
    basis: str
    word: str
    kind: str
    ends: str


def row(consent: Consent, at: datetime, *, works: bool) -> Row:
    """A consent in a list of its case. works: the reader may change it."""
    word, kind = standing(consent, at)
    ends = ""
    if works and consent.state == State.GRANTED:
        ends = _("End this sharing") if consent.legal_basis else _("The person withdraws this")
    return Row(str(consent.pk), sentence(consent), how(consent), basis(consent), word, kind, ends)


def basis(consent: Consent) -> str:
    """The law on which something is shared without consent, in one sentence; else empty."""
    if not consent.legal_basis:
        return ""
    # Who receives the share, and the second person, may not see the case: its id is enough.
    case = consent.case if Consent.case.is_cached(consent) else consent.case_id
    named = by_id(pack_of(case).bases, consent.legal_basis)
    words = {"basis": named.label.text()}
    if consent.against:
        return _("Against the person's word, on this ground: %(basis)s.") % words
    return _("Without the person's consent, on this ground: %(basis)s.") % words


def decided(consent: Consent, pack: Pack) -> list[tuple[str, str]]:
    """Who decided, and what the person said themselves, as facts for the page."""
    if not consent.given_by:
        return []
    facts = [(_("Who answered"), str(consent.get_given_by_display()))]
    facts += [(_("Age"), each.label.text()) for each in pack.bands if each.id == consent.band]
    if consent.own_view:
        facts.append((_("What the person says themselves"), str(consent.get_own_view_display())))
    if consent.stead:
        facts.append((_("Why nobody nearer"), str(consent.get_stead_display())))
    for agency in Agency.objects.filter(code=consent.body) if consent.body else ():
        facts.append((_("The body that decided"), agency.label()))
    return facts


def tellings(found: list[Telling]) -> list[str]:
    """When the person was told of a share by law, or why not, each in one sentence."""
    return [_telling(each) for each in found]


def _telling(telling: Telling) -> str:
    day = {"day": date_format(telling.at, "DATE_FORMAT")}
    if telling.how:
        said = {"how": telling.get_how_display()}
        return _("Told on %(day)s: %(how)s.") % (day | said)
    assert telling.look_again_at is not None, "the database holds it beside why not"
    again = {"again": date_format(telling.look_again_at, "DATE_FORMAT")}
    why = {"why": telling.get_why_not_display()}
    return _("Not told on %(day)s: %(why)s. Look again on %(again)s.") % (day | why | again)
