"""Services as Open Referral HSDS 3.0 describes them, with what it lacks, and who is on duty.

Everything here may be known to every officer. Nothing here is about a person who is helped, and of
a confidential location there is nothing to know but its district.
"""

from himaya.directory.models.organization import Organization
from himaya.directory.models.place import Accessibility, Address, Location, ServiceAtLocation
from himaya.directory.models.reaching import Contact, Language, Phone, Schedule
from himaya.directory.models.roster import Replacement, Roster, Shift
from himaya.directory.models.service import (
    Attribute,
    CostOption,
    RequiredDocument,
    Service,
    ServiceArea,
    TaxonomyTerm,
)

__all__ = [
    "Accessibility",
    "Address",
    "Attribute",
    "Contact",
    "CostOption",
    "Language",
    "Location",
    "Organization",
    "Phone",
    "Replacement",
    "RequiredDocument",
    "Roster",
    "Schedule",
    "Service",
    "ServiceArea",
    "ServiceAtLocation",
    "Shift",
    "TaxonomyTerm",
]
