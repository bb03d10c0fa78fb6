"""Codes about a person that forms offer and pages word."""

from django.utils.translation import gettext_lazy as _

# Forms of exploitation: ids of the crosswalk between HTCDS, CTDC, GLOTIP and ICCS.
EXPLOITATION = [
    ("forced_labour", _("Forced labour")),
    ("domestic_servitude", _("Domestic servitude")),
    ("servitude", _("Servitude")),
    ("slavery_like", _("Practices similar to slavery")),
    ("prostitution_of_others", _("Exploitation of prostitution")),
    ("other_sexual", _("Other sexual exploitation")),
    ("forced_begging", _("Forced begging")),
    ("forced_criminality", _("Forced crime")),
    ("forced_marriage", _("Forced marriage")),
    ("child_labour", _("Child labour")),
    ("organ_removal", _("Removal of organs")),
]
SEX = [("", _("Not known")), ("female", _("Female")), ("male", _("Male")), ("other", _("Other"))]
