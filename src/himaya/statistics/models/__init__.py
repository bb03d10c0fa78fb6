"""Facts of this country's cases, and figures that others have published. No name, no free text.

None of these rows leads back to a case or a person.
"""

from himaya.statistics.models.case_fact import CaseFact
from himaya.statistics.models.desk_digest import DeskDigest
from himaya.statistics.models.imported import ImportedFact, ImportedFile, PublishedFigure
from himaya.statistics.models.referral_fact import ReferralFact

__all__ = [
    "CaseFact",
    "DeskDigest",
    "ImportedFact",
    "ImportedFile",
    "PublishedFigure",
    "ReferralFact",
]
