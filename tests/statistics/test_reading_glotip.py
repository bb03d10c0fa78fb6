"""UNODC's table and its traps."""

import pytest

from himaya.statistics.reading.incoming import Incoming, read_glotip
from himaya.statistics.reading.labels import code_of
from tests.factories.published import glotip_file, glotip_row


def read(*rows: str) -> Incoming:
    return read_glotip(glotip_file(*rows), latest_year=2026)


def values(incoming: Incoming, *names: str) -> list[tuple[object, ...]]:
    places = [incoming.columns.index(name) for name in names]
    return [tuple(row[place] for place in places) for row in incoming.rows]


@pytest.mark.parametrize(
    ("text", "value", "below5"),
    [("48", 48, False), ("1,757", 1757, False), ("0", 0, False), ("<5", None, True)],
)
def test_values_are_text_with_commas_and_fewer_than_five(
    text: str, value: int | None, below5: bool
) -> None:
    assert values(read(glotip_row(txtVALUE=text)), "value", "below5") == [(value, below5)]


@pytest.mark.parametrize("text", ["6,112,019", "61212020", "1,7,57", "1.5", "-3", "", "five", "<6"])
def test_a_value_that_cannot_be_a_number_of_persons_is_rejected(text: str) -> None:
    incoming = read(glotip_row(), glotip_row(txtVALUE=text))
    assert len(incoming.rows) == 1
    (rejection,) = incoming.rejections
    assert rejection.line == 3
    assert rejection.reason.startswith("txtVALUE: ")


def test_an_exact_repetition_is_counted_as_duplicate_and_not_stored() -> None:
    incoming = read(glotip_row(), glotip_row(Year="2016"), glotip_row())
    assert values(incoming, "line") == [(2,), (3,)]
    assert incoming.repeated == 1


def test_two_values_for_one_key_are_both_kept_and_marked() -> None:
    incoming = read(glotip_row(txtVALUE="62"), glotip_row(txtVALUE="43"), glotip_row(Year="2016"))
    assert values(incoming, "value", "contradicted") == [(62, True), (43, True), (48, False)]
    assert incoming.repeated == 0


def test_namibia_is_a_country_and_sark_has_no_code() -> None:
    incoming = read(
        glotip_row(Iso3_code="NAM", Country="Namibia"), glotip_row(Iso3_code="", Country="Sark")
    )
    assert values(incoming, "iso3", "country") == [("NAM", "Namibia"), ("", "Sark")]


@pytest.mark.parametrize(
    ("column", "wrong"),
    [
        ("Iso3_code", "kwt"),
        ("Indicator", "Victims"),
        ("Dimension", "by colour"),
        ("Sex", "Women"),
        ("Age", "18+"),
        ("Year", "17"),
        ("Year", "2027"),
        ("Unit of measurement", "Rate per 100,000"),
        ("Country", "K" * 121),
    ],
)
def test_a_code_that_is_not_in_its_list_is_rejected_with_the_column(
    column: str, wrong: str
) -> None:
    (rejection,) = read(glotip_row(**{column: wrong})).rejections
    assert rejection.reason.startswith(f"{column}: ")


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Philippines", "PHL"),
        ("PHILIPPINES", "PHL"),
        ("Filippino", "PHL"),
        ("España", "ESP"),
        ("Espa�a", "ESP"),
        ("C�te d�Ivoire", "CIV"),
        ("T�rkiye", "TUR"),
        ("Roumanie", "ROU"),
        ("الكويت", "KWT"),
        ("Namibia", "NAM"),
        ("Niger", "NER"),
        ("Nigeria", "NGA"),
        ("Ciudadanos de su pa�s", "nationals"),
        ("Abroad", "abroad"),
        ("Sin determinar", "unknown"),
        ("Nigerin", ""),  # of Niger or of Nigeria: not sure, so not guessed
        ("Former Yugoslavia", ""),
        ("(especifique el pa�s)", ""),
        ("Q6.1_10s_2019", ""),
        ("�", ""),
        ("0", ""),
        ("", ""),
    ],
)
def test_a_label_has_a_code_only_where_its_meaning_is_sure(label: str, code: str) -> None:
    assert code_of(label) == code
    row = glotip_row(Dimension="by citizenship", Category=label)
    assert values(read(row), "label", "category") == [(label, code)]


@pytest.mark.parametrize(
    ("label", "code"),
    [("Forced labour", "forced_labour"), ("Sexual exploitation", "sexual"), ("Begging", "")],
)
def test_forms_of_exploitation_have_the_codes_of_our_own_figures(label: str, code: str) -> None:
    row = glotip_row(Dimension="by form of exploitation", Category=label)
    assert values(read(row), "category") == [(code,)]
