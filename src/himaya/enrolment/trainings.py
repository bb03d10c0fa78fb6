"""Trainings that roles, and interviews of children, ask for, by their codes."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TRAININGS: dict[str, str | Promise] = {
    "trauma_informed_interviewing": _("Trauma-informed interviewing"),
    "child_interviewing": _("Interviewing children"),
}
