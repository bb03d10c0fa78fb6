"""The languages of the reporters' site: what is missing, and what no native speaker has signed."""

from collections.abc import Iterator
from pathlib import Path

from himaya.config.env import ROOT
from himaya.config.languages import WRITTEN_IN
from himaya.installation.catalogues import Standing, catalogues, standing
from himaya.installation.doctor.findings import Finding, warning
from himaya.packs.languages import lacking, spoken
from himaya.packs.schema import Pack

LOCALE = ROOT / "src" / "himaya" / "locale"


def every_sentence_is_there(pack: Pack, directory: Path = LOCALE) -> Iterator[Finding]:
    """No reporter is shown a sentence in another language than they chose."""
    gaps = {each.code: each.lacking for each in _offered(pack, directory)}
    for code in spoken(pack):
        if code != WRITTEN_IN:
            gaps[code] = gaps.get(code, 0) + len(lacking(pack, code))
    for code, number in gaps.items():
        if number:
            yield warning("languages.lacking", language=code, number=number)


def native_speakers_have_signed(pack: Pack, directory: Path = LOCALE) -> Iterator[Finding]:
    """Somebody who grew up with the language found it right; for safety, two did."""
    unsigned = [each for each in _offered(pack, directory) if each.unsigned]
    if unsigned:
        words = [f"{each.code} {each.unsigned} ({each.unsafe})" for each in unsigned]
        yield warning("languages.unsigned", languages=", ".join(words))


def _offered(pack: Pack, directory: Path) -> list[Standing]:
    found = [standing(path) for path in catalogues(directory)]
    return [each for each in found if each.code in spoken(pack)]
