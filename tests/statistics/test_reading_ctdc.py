"""Each edition of CTDC's files is known by its header and read by its own rules."""

import pytest

from himaya.statistics.reading.ctdc import EDITIONS
from himaya.statistics.reading.incoming import Incoming, read_ctdc
from tests.factories.published import PERSON, REDUCED_HEADER, ctdc_file, edition_file


def person_of(content: bytes) -> dict[str, object]:
    incoming = read_ctdc(content, latest_year=2026)
    (row,) = incoming.rows
    return dict(zip(incoming.columns, row, strict=True))


def reasons(incoming: Incoming) -> list[str]:
    return [rejection.reason for rejection in incoming.rejections]


def test_the_editions_have_the_columns_that_their_codebooks_list() -> None:
    assert [len(edition.columns) for edition in EDITIONS] == [7, 63, 27, 16, 19]


@pytest.mark.parametrize("edition", [edition.code for edition in EDITIONS])
def test_an_edition_is_known_by_its_header_in_any_order_of_columns(edition: str) -> None:
    header, row, _end = edition_file(edition).decode().split("\n")
    backwards = "\n".join(",".join(reversed(line.split(","))) for line in (header, row))

    assert read_ctdc(f"{header}\n{row}".encode(), latest_year=2026).kind == edition
    assert read_ctdc(backwards.encode(), latest_year=2026).kind == edition


def test_na_is_namibia_and_not_a_missing_value() -> None:
    person = person_of(ctdc_file("2016,Female,30--38,NA,1.0,0.0,NA"))
    assert (person["citizenship"], person["country"]) == ("NAM", "NAM")


@pytest.mark.parametrize("missing", ["", "-99", "0", "00"])
def test_a_missing_or_unknown_country_is_unknown(missing: str) -> None:
    person = person_of(ctdc_file(f"2016,Female,30--38,{missing},1.0,0.0,{missing}"))
    assert (person["citizenship"], person["country"]) == ("", "")


@pytest.mark.parametrize("missing", ["", "-99"])
def test_whatever_is_missing_is_unknown(missing: str) -> None:
    person = person_of(ctdc_file(",".join([missing] * 7)))
    assert person == {
        "line": 2,
        "year_from": None,
        "year_to": None,
        "source": "",
        "sex": "unknown",
        "age_band": "",
        "age_group": "unknown",
        "age_group_at_entry": "unknown",
        "age_group_at_exploitation": "unknown",
        "citizenship": "",
        "citizenship_region": "",
        "country": "",
        "region": "",
        "months": "",
        "forced_labour": None,
        "sexual_exploitation": None,
        "other_exploitation": None,
        "observed": [],
        "ruled_out": [],
    }


@pytest.mark.parametrize(
    ("flag", "meaning"), [("1.0", True), ("1", True), ("0.0", False), ("0", False), ("", None)]
)
def test_a_flag_says_yes_no_or_nothing(flag: str, meaning: bool | None) -> None:
    assert person_of(ctdc_file(f"2016,Female,,PH,{flag},,KW"))["forced_labour"] is meaning


@pytest.mark.parametrize(
    ("band", "group"),
    [("0--8", "child"), ("9--17", "child"), ("18--20", "adult"), ("48+", "adult")],
)
def test_an_age_band_lies_on_one_side_of_eighteen(band: str, group: str) -> None:
    assert person_of(ctdc_file(f"2016,Female,{band},PH,,,KW"))["age_group"] == group


def test_the_full_edition_keeps_what_was_seen_and_what_was_ruled_out() -> None:
    person = person_of(
        edition_file(
            "ctdc_k_2020",
            yearOfRegistration="2018",
            Datasource="Case Management",
            gender="Male",
            majorityStatus="Minor",
            majorityEntry="Minor",
            citizenship="NP",
            CountryOfExploitation="QA",
            meansOfControlDebtBondage="1",
            meansOfControlThreats="0",
            meansOfControlOther="-99",
            isOtherExploit="0",
            isOrganRemoval="1",
            typeOfLabourConstruction="1",
            recruiterRelationFriend="1",
            typeOfLabourConcatenated="Construction",
        )
    )
    assert (person["source"], person["age_group"], person["age_group_at_entry"]) == (
        "case_management",
        "child",
        "child",
    )
    assert person["observed"] == [
        "means.debt_bondage",
        "form.organ_removal",
        "labour.construction",
        "recruiter.friend",
    ]
    assert person["ruled_out"] == ["means.threats"]
    assert person["other_exploitation"] is False


def test_the_synthetic_edition_has_three_letter_countries_and_no_zero() -> None:
    person = person_of(
        edition_file(
            "ctdc_synthetic",
            yearOfRegistration="2022",
            gender="Trans/Transgender/NonConforming",
            ageBroad="09--17",
            citizenship="NAM",
            CountryOfExploitation="KWT",
            traffickMonths="13--24 (1-2 yrs)",
            meansThreats="1",
            isForcedLabour="1",
        )
    )
    assert (person["sex"], person["age_band"], person["months"]) == ("other", "9--17", "13--24")
    assert (person["citizenship"], person["country"]) == ("NAM", "KWT")
    assert person["observed"] == ["means.any_threats"]
    zero = read_ctdc(edition_file("ctdc_synthetic", isForcedLabour="0"), latest_year=2026)
    assert reasons(zero) == ["isForcedLabour: '0' is not one of -99, -99.0, 1, 1.0, NULL, empty"]


def test_the_edition_with_perpetrators_has_bands_of_years_and_several_values_in_a_cell() -> None:
    person = person_of(
        edition_file(
            "ctdc_perpetrators_2022",
            yearRegister="2005-2013",
            majorityStatus="Adult",
            UN_COO_Region="Asia",
            UN_COE_Region="Americas/Oceania",
            IP_Gender="Female;Male",
            IP_PayMoney="No;Yes",
            IP_RecruiterBroker="1",
        )
    )
    assert (person["year_from"], person["year_to"]) == (2005, 2013)
    assert (person["citizenship_region"], person["region"]) == ("asia", "americas_oceania")
    assert person["observed"] == [
        "perpetrator_sex.female",
        "perpetrator_sex.male",
        "victim_paid.no",
        "victim_paid.yes",
        "perpetrator.recruiter_or_broker",
    ]
    wrong = read_ctdc(
        edition_file("ctdc_perpetrators_2022", IP_Gender="Female;Robot"), latest_year=2026
    )
    assert "IP_Gender: 'Female;Robot' holds a value" in reasons(wrong)[0]


def test_in_the_recoded_edition_a_zero_says_nothing() -> None:
    person = person_of(
        edition_file(
            "ctdc_north_america_2025",
            **{"Age Band": "2", "Trafficking Duration": "3", "Woman": "1"},
        )
    )
    assert (person["age_band"], person["months"], person["sex"]) == ("9--17", "25+", "female")
    assert person["forced_labour"] is None
    assert person["ruled_out"] == []
    assert person_of(edition_file("ctdc_north_america_2025"))["sex"] == "unknown"


def test_equal_lines_are_different_persons() -> None:
    incoming = read_ctdc(ctdc_file(PERSON, PERSON, PERSON), latest_year=2026)
    assert (len(incoming.rows), incoming.repeated) == (3, 0)


def test_the_period_is_the_span_of_the_years() -> None:
    rows = (PERSON, PERSON.replace("2016", "2009"), PERSON.replace("2016", ""))
    assert read_ctdc(ctdc_file(*rows), latest_year=2026).period() == "2009–2016"
    assert read_ctdc(ctdc_file(PERSON), latest_year=2026).period() == "2016"
    assert read_ctdc(ctdc_file(PERSON[4:]), latest_year=2026).period() == ""


def test_a_quoted_cell_is_read_like_any_other() -> None:
    row = ",".join(f'"{cell}"' for cell in PERSON.split(","))
    header = ",".join(f'"{name}"' for name in REDUCED_HEADER.split(","))
    assert person_of(ctdc_file(row, header=header))["citizenship"] == "PHL"
