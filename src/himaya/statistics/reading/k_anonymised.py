"""Columns of CTDC's k-anonymised Global Dataset of 14 April 2020: all 63, and a reduced copy.

Source: CTDC codebook v6.
"""

from himaya.statistics.reading import draft as read
from himaya.statistics.reading.draft import Reader

SOURCES = read.codes_of(("Case Management", "Hotline"))
REDUCED: dict[str, Reader] = {
    "yearOfRegistration": read.year,
    "gender": read.coded("sex", read.SEXES),
    "ageBroad": read.age_band,
    "citizenship": read.alpha_2("citizenship"),
    "isForcedLabour": read.form("forced_labour"),
    "isSexualExploit": read.form("sexual_exploitation"),
    "CountryOfExploitation": read.alpha_2("country"),
}
FULL: dict[str, Reader] = {
    **REDUCED,
    "Datasource": read.coded("source", SOURCES),
    "majorityStatus": read.majority,
    "majorityStatusAtExploit": read.coded("age_group_at_exploitation", read.MAJORITY),
    "majorityEntry": read.coded("age_group_at_entry", read.MAJORITY),
    **read.flags_of(
        "means",
        {
            "meansOfControlDebtBondage": "debt_bondage",
            "meansOfControlTakesEarnings": "takes_earnings",
            "meansOfControlRestrictsFinancialAccess": "restricts_finance",
            "meansOfControlThreats": "threats",
            "meansOfControlPsychologicalAbuse": "psychological_abuse",
            "meansOfControlPhysicalAbuse": "physical_abuse",
            "meansOfControlSexualAbuse": "sexual_abuse",
            "meansOfControlFalsePromises": "false_promises",
            "meansOfControlPsychoactiveSubstances": "substances",
            "meansOfControlRestrictsMovement": "restricts_movement",
            "meansOfControlRestrictsMedicalCare": "restricts_medical",
            "meansOfControlExcessiveWorkingHours": "excessive_hours",
            "meansOfControlUsesChildren": "threats_family",
            "meansOfControlThreatOfLawEnforcement": "threats_authorities",
            "meansOfControlWithholdsNecessities": "withholds_necessities",
            "meansOfControlWithholdsDocuments": "withholds_documents",
            "meansOfControlOther": "other",
            "meansOfControlNotSpecified": "not_specified",
        },
    ),
    "meansOfControlConcatenated": read.nothing,
    "isOtherExploit": read.form("other_exploitation"),
    **read.flags_of(
        "form",
        {
            "isSexAndLabour": "sexual_and_labour",
            "isForcedMarriage": "forced_marriage",
            "isForcedMilitary": "armed_forces",
            "isOrganRemoval": "organ_removal",
            "isSlaveryAndPractices": "slavery",
        },
    ),
    "typeOfExploitConcatenated": read.nothing,
    **read.flags_of(
        "labour",
        {
            "typeOfLabourAgriculture": "agriculture",
            "typeOfLabourAquafarming": "aquafarming",
            "typeOfLabourBegging": "begging",
            "typeOfLabourConstruction": "construction",
            "typeOfLabourDomesticWork": "domestic_work",
            "typeOfLabourHospitality": "hospitality",
            "typeOfLabourIllicitActivities": "illicit_activities",
            "typeOfLabourManufacturing": "manufacturing",
            "typeOfLabourMiningOrDrilling": "mining_or_drilling",
            "typeOfLabourPeddling": "peddling",
            "typeOfLabourTransportation": "transportation",
            "typeOfLabourOther": "other",
            "typeOfLabourNotSpecified": "not_specified",
        },
    ),
    "typeOfLabourConcatenated": read.nothing,
    **read.flags_of(
        "sexual",
        {
            "typeOfSexProstitution": "prostitution",
            "typeOfSexPornography": "pornography",
            "typeOfSexRemoteInteractiveServices": "remote_services",
            "typeOfSexPrivateSexualServices": "private_services",
        },
    ),
    "typeOfSexConcatenated": read.nothing,
    "isAbduction": read.flag("abduction"),
    "RecruiterRelationship": read.nothing,
    **read.flags_of(
        "recruiter",
        {
            "recruiterRelationIntimatePartner": "intimate_partner",
            "recruiterRelationFriend": "friend",
            "recruiterRelationFamily": "family",
            "recruiterRelationOther": "other",
            "recruiterRelationUnknown": "unknown",
        },
    ),
}
