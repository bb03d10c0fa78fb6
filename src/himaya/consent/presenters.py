"""A consent told in sentences (S7)."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from himaya.consent.models import Consent
from himaya.vault.models import Compartment


def sentence(consent: Consent) -> str:
    """What the person allows, in one sentence."""
    parts = _(", ").join(str(Compartment.Kind(kind).label) for kind in consent.kinds)
    return _("%(desk)s may see: %(parts)s. Purpose: %(purpose)s. Until %(until)s.") % {
        "desk": consent.recipient.label(),
        "parts": parts,
        "purpose": consent.get_purpose_display(),
        "until": date_format(consent.until, "DATE_FORMAT"),
    }


def how(consent: Consent) -> str:
    """How the person was asked, in one sentence."""
    with_interpreter = _("with an interpreter") if consent.interpreter else _("without interpreter")
    return _("%(method)s, in %(language)s, %(interpreter)s, on %(day)s.") % {
        "method": consent.get_method_display(),
        "language": consent.language,
        "interpreter": with_interpreter,
        "day": date_format(consent.given_at, "DATE_FORMAT"),
    }
