"""The code lists of a fact, with their words. Codes: GLOTIP, HTCDS and the crosswalk."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AgeGroup(TextChoices):
    """Age in the two groups of the UNODC questionnaire."""

    CHILD = "child", _("Under 18")
    ADULT = "adult", _("18 or over")
    UNKNOWN = "unknown", _("Age not known")


class Sex(TextChoices):
    """Sex as the UNODC questionnaire asks for it."""

    FEMALE = "female", _("Female")
    MALE = "male", _("Male")
    OTHER = "other", _("Another sex or gender")
    UNKNOWN = "unknown", _("Sex not recorded")


class Status(TextChoices):
    """Where identification stands. HTCDS 2.0: vic_TraffickingStatus."""

    NONE = "none", _("Not decided yet")
    PRESUMED = "presumed", _("Presumed victim")
    IDENTIFIED = "identified", _("Identified victim")
    NOT_VICTIM = "not_victim", _("Not a victim of trafficking")


class Form(TextChoices):
    """Form of exploitation, in the groups that UNODC publishes."""

    FORCED_LABOUR = "forced_labour", _("Forced labour")
    SEXUAL = "sexual", _("Sexual exploitation")
    OTHER = "other", _("Other forms of exploitation")
    UNKNOWN = "unknown", _("Form not recorded")


class Step(TextChoices):
    """The steps of the pathway that a person can have reached."""

    SCREENED = "screened", _("Screened")
    RECOGNISED = "recognised", _("Presumed or identified as a victim")
    REFERRED = "referred", _("Referred to a service")
    PROTECTED = "protected", _("Taken on by a service")
    LAWSUIT = "lawsuit", _("Lawsuit opened")
    SOLUTION = "solution", _("Solution chosen by the person")


FORM_GROUPS: dict[str, Form] = {
    # Form of exploitation as a case records it → the group UNODC publishes it in.
    "": Form.UNKNOWN,
    "forced_labour": Form.FORCED_LABOUR,
    "domestic_servitude": Form.FORCED_LABOUR,
    "servitude": Form.FORCED_LABOUR,
    "slavery": Form.FORCED_LABOUR,
    "child_labour": Form.FORCED_LABOUR,
    "prostitution_of_others": Form.SEXUAL,
    "other_sexual": Form.SEXUAL,
    "slavery_like": Form.OTHER,
    "organ_removal": Form.OTHER,
    "forced_begging": Form.OTHER,
    "forced_criminality": Form.OTHER,
    "forced_marriage": Form.OTHER,
    "illegal_adoption": Form.OTHER,
    "surrogacy": Form.OTHER,
    "armed_forces": Form.OTHER,
}
