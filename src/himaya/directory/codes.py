"""Codes of the directory that forms offer and pages word."""

from django.utils.translation import gettext_lazy as _

from himaya.packs.vocabulary import AgencyKind

# Kinds of help. Those of HTCDS 2.0's support plan come first; the others are what a person who has
# just come out of exploitation asks for, and what a referral is made for.
NEEDS = [
    ("shelter", _("A safe place to stay")),
    ("health", _("Health care")),
    ("psychosocial", _("Psychological help")),
    ("legal", _("Legal help")),
    ("interpretation", _("Interpretation")),
    ("food_and_clothes", _("Food and clothes")),
    ("financial", _("Money")),
    ("education", _("Education and training")),
    ("livelihood", _("Work and livelihood")),
    ("documents", _("Papers and consular help")),
    ("guardianship", _("A guardian for a child")),
    ("family", _("Family tracing and reunion")),
    ("return", _("Return and reintegration")),
    ("rehabilitation", _("Rehabilitation")),
    ("social_care", _("Social care")),
]
SEXES = [("female", _("Women and girls")), ("male", _("Men and boys")), ("other", _("Others"))]
# The taxonomy under which kinds of help travel in a file of HSDS.
TAXONOMY = "himaya.need"
KIND_NAMES = [
    (AgencyKind.NGO.value, _("Civil society")),
    (AgencyKind.LAW_ENFORCEMENT.value, _("Police")),
    (AgencyKind.HEALTH_SERVICE.value, _("Health service")),
    (AgencyKind.CENTRAL_GOVERNMENT.value, _("Government")),
    (AgencyKind.LOCAL_GOVERNMENT.value, _("Local government")),
    (AgencyKind.IMMIGRATION_SERVICE.value, _("Residency and borders")),
    (AgencyKind.LEGAL_SERVICE.value, _("Courts and legal services")),
    (AgencyKind.BUSINESS.value, _("A company")),
    (AgencyKind.SCHOOL.value, _("A school")),
]
