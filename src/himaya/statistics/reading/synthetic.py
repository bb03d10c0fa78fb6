"""Columns of CTDC's synthetic datasets: persons, victims with perpetrators, and a recoded copy.

In these a 1 means observed and an empty cell not recorded; there is no 0.
Source: CTDC Global Synthetic Data Codebook, February 2024; variable list of 1 December 2022.
"""

from himaya.statistics.codes import Sex
from himaya.statistics.reading import draft as read
from himaya.statistics.reading.draft import Draft, Reader
from himaya.statistics.reading.lines import BadRow

REGIONS = read.codes_of(("Africa", "Americas/Oceania", "Asia", "Europe"))
ONE = read.ONE_OR_EMPTY
ZERO = read.ONE_OR_ZERO


def _age_number(cell: str, draft: Draft) -> None:
    bands = ("", *read.AGE_BANDS)
    if cell not in map(str, range(len(bands))):
        raise BadRow(f"is not a number from 0 to {len(bands) - 1}")
    read.age_band(bands[int(cell)], draft)


SYNTHETIC: dict[str, Reader] = {
    "yearOfRegistration": read.year,
    "gender": read.coded("sex", read.SEXES),
    "ageBroad": read.age_band,
    "citizenship": read.alpha_3("citizenship"),
    "CountryOfExploitation": read.alpha_3("country"),
    "traffickMonths": read.coded(
        "months",
        {"0--12 (0-1 yr)": "0--12", "13--24 (1-2 yrs)": "13--24", "25+ (2+ yrs)": "25+"},
    ),
    **read.flags_of(
        "means",
        {
            "meansDebtBondageEarnings": "debt_bondage_or_takes_earnings",
            "meansThreats": "any_threats",
            "meansAbusePsyPhySex": "any_abuse",
            "meansFalsePromises": "false_promises",
            "meansDrugsAlcohol": "substances",
            "meansDenyBasicNeeds": "denies_basic_needs",
            "meansExcessiveWorkHours": "excessive_hours",
            "meansWithholdDocs": "withholds_documents",
        },
        ONE,
    ),
    "isForcedLabour": read.form("forced_labour", ONE),
    "isSexualExploit": read.form("sexual_exploitation", ONE),
    "isOtherExploit": read.form("other_exploitation", ONE),
    **read.flags_of(
        "labour",
        {
            "typeOfLabourAgriculture": "agriculture",
            "typeOfLabourConstruction": "construction",
            "typeOfLabourDomesticWork": "domestic_work",
            "typeOfLabourHospitality": "hospitality",
        },
        ONE,
    ),
    **read.flags_of(
        "sexual",
        {"typeOfSexProstitution": "prostitution", "typeOfSexPornography": "pornography"},
        ONE,
    ),
    **read.flags_of(
        "recruiter",
        {
            "recruiterRelationIntimatePartner": "intimate_partner",
            "recruiterRelationFriend": "friend",
            "recruiterRelationFamily": "family",
            "recruiterRelationOther": "other",
        },
        ONE,
    ),
}
PERPETRATORS: dict[str, Reader] = {
    "yearRegister": read.years("2005-2013", "2014-2018", "2019", "2020", "2021-2022"),
    "gender": read.coded("sex", read.SEXES),
    "majorityStatus": read.majority,
    "isForcedLabour": read.form("forced_labour", ONE),
    "isSexualExploit": read.form("sexual_exploitation", ONE),
    "UN_COO_Region": read.coded("citizenship_region", REGIONS),
    "UN_COE_Region": read.coded("region", REGIONS),
    "IP_Exploiter": read.flag("perpetrator.exploiter", ONE),
    "IP_Gender": read.several("perpetrator_sex", read.SEXES),
    "IP_ageBroad": read.several(
        "perpetrator_age", {band: band for band in ("0--29", "30--38", "39--47", "48+")}
    ),
    "IP_citizen_UNRegion": read.several("perpetrator_region", REGIONS),
    "IP_Relation": read.several(
        "perpetrator_relation",
        {
            "FamilyIntimatePartner": "family_or_intimate_partner",
            "FriendAcquaintance": "friend_or_acquaintance",
            "StrangerUnknownOther": "stranger_unknown_or_other",
        },
    ),
    "IP_PayMoney": read.several("victim_paid", {"No": "no", "Yes": "yes"}),
    "IP_RecruiterBroker": read.flag("perpetrator.recruiter_or_broker", ONE),
    "IP_TransactionProcess": read.flag("perpetrator.transaction", ONE),
    "IP_ControlAbuseKidnap": read.flag("perpetrator.control_abuse_kidnap", ONE),
}
# Recoded by a third party: 0 stands for "no" and for "not recorded" alike, so it says nothing.
NORTH_AMERICA: dict[str, Reader] = {
    "Age Band": _age_number,
    "Trafficking Duration": read.coded(
        "months", {"0": "", "1": "0--12", "2": "13--24", "3": "25+"}
    ),
    **read.flags_of(
        "means",
        {
            "Means Debt Bondage Earnings": "debt_bondage_or_takes_earnings",
            "Means Threats": "any_threats",
            "Means Abuse": "any_abuse",
            "Means False Promises": "false_promises",
            "Means Drugs Alcohol": "substances",
            "Means Deny Basic Needs": "denies_basic_needs",
            "Means Excessive Work Hours": "excessive_hours",
            "Means Withhold Docs": "withholds_documents",
        },
        ZERO,
    ),
    "isForcedLabour": read.form("forced_labour", ZERO),
    "isSexualExploit": read.form("sexual_exploitation", ZERO),
    **read.flags_of(
        "recruiter",
        {
            "Recruiter Relation Intimate Partner": "intimate_partner",
            "Recruiter Relation Friend": "friend",
            "Recruiter Relation Family": "family",
            "Recruiter Relation Other": "other",
        },
        ZERO,
    ),
    "Trans/NonConforming": read.coded("sex", {"0": "", "1": Sex.OTHER}),
    "Woman": read.coded("sex", {"0": "", "1": Sex.FEMALE}),
    "Is Citizen of Country": read.flag("citizen_of_country", ZERO),
}
