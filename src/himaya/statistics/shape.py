"""The shape of a case's nameless facts: what a higher concept hands over when a case changed."""

from dataclasses import dataclass
from datetime import date

from himaya.statistics.codes import AgeGroup, Sex, Status


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What one case adds to the figures. Codes, months and durations; no id, no day, no word.

    report_month: the first day of the month in which the report came in, or the case was opened.
    channel: code of the channel of the report, empty when the case began without one.
    citizenship: ISO 3166-1 alpha-3, empty when not known.
    form: id of the crosswalk of forms of exploitation (`codes.FORM_GROUPS`), empty when not known.
    status_month: first day of the month of the decision on status.
    screened, referred, protected, lawsuit: the case has reached that step at least once; protected
        means that a service took the person on.
    solution, outcome: codes of the pathway, empty while there is none.
    …_days: calendar days from the report to that step, empty while it is not reached.
    """

    report_month: date
    channel: str = ""
    age_group: str = AgeGroup.UNKNOWN
    sex: str = Sex.UNKNOWN
    citizenship: str = ""
    form: str = ""
    status: str = Status.NONE
    status_month: date | None = None
    screened: bool = False
    referred: bool = False
    protected: bool = False
    lawsuit: bool = False
    solution: str = ""
    outcome: str = ""
    screening_days: int | None = None
    status_days: int | None = None
    protection_days: int | None = None
    closing_days: int | None = None
