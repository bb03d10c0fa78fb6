"""The real files of CTDC and UNODC: every line accounted for, nothing stored twice."""

from functools import cache
from pathlib import Path

import pytest

from himaya.kernel.access import job
from himaya.statistics import queries
from himaya.statistics.models import ImportedFact, ImportedFile, PublishedFigure
from himaya.statistics.operations import Tally, store_file
from himaya.statistics.reading.incoming import Incoming, read_ctdc, read_glotip
from himaya.statistics.roots import is_untouched
from tests.factories.moments import NOON

EXTERNAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "external"
K_ANONYMISED = EXTERNAL / "ctdc-global-kanon-2020" / "ctdc_kanon_2020_reduced.csv"
PERPETRATORS = EXTERNAL / "ctdc-vp-synthetic-2022" / "CTDC_VPsynthetic_condensed.csv"
NORTH_AMERICA = EXTERNAL / "ctdc-synthetic-2025-north-america" / "final_data.csv"
GLOTIP = EXTERNAL / "unodc-glotip-2025" / "data_glotip.csv"

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@cache
def glotip() -> Incoming:
    """UNODC's table, read once for all tests."""
    return read_glotip(GLOTIP.read_bytes(), latest_year=2026)


def stored(incoming: Incoming, path: Path) -> Tally:
    return store_file(actor=job("import"), at=NOON, name=path.name, incoming=incoming)


def numbers(tally: Tally) -> tuple[int, int, int, int]:
    return tally.read, tally.stored, tally.duplicate, tally.rejected


@pytest.mark.parametrize(
    ("path", "lines"), [(K_ANONYMISED, 34141), (PERPETRATORS, 14837), (NORTH_AMERICA, 63730)]
)
def test_every_person_of_a_ctdc_file_is_stored_once(path: Path, lines: int) -> None:
    incoming = read_ctdc(path.read_bytes(), latest_year=2026)

    assert numbers(stored(incoming, path)) == (lines, lines, 0, 0)
    assert numbers(stored(incoming, path)) == (lines, 0, lines, 0)
    assert ImportedFact.objects.count() == lines
    assert is_untouched(ImportedFile.objects.get())


def test_kuwait_has_the_persons_that_the_k_anonymised_file_gives_it() -> None:
    stored(read_ctdc(K_ANONYMISED.read_bytes(), latest_year=2026), K_ANONYMISED)

    (found,) = queries.ctdc_persons("KWT")

    in_kuwait = ImportedFact.objects.filter(country="KWT")
    assert found.total == in_kuwait.count() == 149
    assert set(in_kuwait.values_list("sex", "citizenship", "year_from")) == {
        ("female", "PHL", 2016)
    }


def test_every_line_of_unodcs_table_is_stored_repeated_or_rejected_with_a_reason() -> None:
    incoming = glotip()

    first = stored(incoming, GLOTIP)

    assert numbers(first) == (41999, 41632, 239, 128)
    assert all("cannot be a number of persons" in bad.reason for bad in first.rejections)
    assert numbers(stored(incoming, GLOTIP)) == (41999, 0, 41871, 128)
    assert is_untouched(ImportedFile.objects.get())


def test_unodcs_traps_are_read_as_they_are_meant() -> None:
    stored(glotip(), GLOTIP)
    figures = PublishedFigure.objects.all()

    # 306 lines are about Namibia; 7 of them say again what an earlier one said.
    assert figures.filter(iso3="NAM", country="Namibia").count() == 299
    assert figures.filter(country="Sark", iso3="").count() == 26
    assert figures.filter(label="").exists()
    assert figures.filter(contradicted=True, iso3="BOL", year=2017, sex="female").count() == 2
    assert set(figures.filter(label="Espa�a").values_list("category", flat=True)) == {"ESP"}
    assert not figures.filter(below5=True, value__isnull=False).exists()
    assert max(figures.exclude(value=None).values_list("value", flat=True)) == 32022


def test_kuwaits_published_totals_are_those_of_unodc() -> None:
    stored(glotip(), GLOTIP)

    series = queries.unodc_series("KWT")

    assert series is not None
    assert series.years["detected_victims"] == {2015: (7,), 2016: (6,), 2017: (48,)}
    assert series.years["offences"] == {2015: (None,), 2016: (None,), 2017: (8,)}
    assert series.years["convicted"] == {2015: (None,), 2016: (10,), 2017: (18,)}
