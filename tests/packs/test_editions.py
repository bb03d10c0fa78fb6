"""Every pack that was ever loaded is kept whole, and a case finds the one it began with."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from himaya.config import env
from himaya.packs import editions, loader
from himaya.packs.editions import code_of, codes, digest_of, find, keep
from himaya.packs.errors import PackError
from himaya.packs.loader import edition, load
from tests.packs.conftest import ATLANTIS, Changed, change

pytestmark = pytest.mark.slow  # reads and writes whole packs


def kept(folder: Path, data: Path) -> Path:
    """Keep the pack in a folder, as `up` does."""
    return keep(folder, load(folder), data)


def reason_of(call: object, *args: object) -> str:
    """Why a pack is refused, without the folder."""
    with pytest.raises(PackError) as refused:
        call(*args)  # type: ignore[operator]  # whatever is called, it must refuse
    return refused.value.faults[0].reason


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data directory in which Kuwait's pack runs and nothing is kept yet."""
    monkeypatch.setattr(
        loader, "environment", lambda: env.Environment(tmp_path, env.environment().pack, demo=True)
    )
    loader.edition.cache_clear()
    yield tmp_path
    loader.edition.cache_clear()


def test_an_edition_holds_every_file_and_is_read_back_as_it_was(tmp_path: Path) -> None:
    folder = kept(ATLANTIS, tmp_path)

    assert folder.name == f"atlantis-7-{digest_of(ATLANTIS)[:16]}"
    assert load(folder) == load(ATLANTIS)
    assert kept(ATLANTIS, tmp_path) == folder  # harmless to repeat
    assert find("atlantis 7", tmp_path) == folder
    assert codes(tmp_path) == ["atlantis 7"]


def test_another_content_under_one_version_is_refused_in_a_clear_line(
    tmp_path: Path, changed: Changed
) -> None:
    kept(ATLANTIS, tmp_path)
    other = changed("settings.toml", "default = 90", "default = 91")

    assert reason_of(kept, other, tmp_path) == (
        'version "7" of "atlantis" was loaded here with other content, and cases may have begun '
        'with it; give what you changed a new "version"'
    )
    change(other, "pack.toml", 'version = "7"', 'version = "7.1"')
    kept(other, tmp_path)
    assert codes(tmp_path) == ["atlantis 7", "atlantis 7.1"]
    assert find("atlantis 7", tmp_path) != find("atlantis 7.1", tmp_path)


def test_words_beside_a_pack_make_no_other_edition(tmp_path: Path, changed: Changed) -> None:
    kept(ATLANTIS, tmp_path)
    other = changed("settings.toml", "default = 90", "default = 90")
    (other / "README.md").write_text("Another introduction.")

    assert kept(other, tmp_path) == kept(ATLANTIS, tmp_path)


def test_an_edition_that_is_lost_or_was_changed_is_not_used(tmp_path: Path) -> None:
    folder = kept(ATLANTIS, tmp_path)
    (folder / "law.toml").write_text("changed = true")

    assert "was changed by hand" in reason_of(find, "atlantis 7", tmp_path)
    shutil.rmtree(folder)
    assert "is not kept here" in reason_of(find, "atlantis 7", tmp_path)


def test_what_was_cut_off_is_no_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(_source: Path, target: Path) -> None:
        target.write_text("half")
        raise OSError("no room")

    monkeypatch.setattr(editions.shutil, "copyfile", cut)
    with pytest.raises(OSError, match="no room"):
        kept(ATLANTIS, tmp_path)

    assert codes(tmp_path) == []
    assert list((tmp_path / "editions").iterdir()) == []


def test_a_case_of_an_older_edition_goes_by_that_one(installed: Path, changed: Changed) -> None:
    kept(ATLANTIS, installed)

    assert edition(code_of(loader.current())) is loader.current()
    assert edition("atlantis 7").step("find").to == "safe"
    assert [pack.id for pack in loader.editions()] == [loader.current().id, "atlantis"]


def test_an_older_edition_stays_readable_when_more_is_asked_of_packs(
    installed: Path, changed: Changed
) -> None:
    """A file that packs have only since: the older edition has none and need not."""
    old = changed("settings.toml", "default = 90", "default = 90")
    pack = load(old)
    (old / "channels.toml").unlink()
    keep(old, pack, installed)

    assert edition("atlantis 7").steps == pack.steps
    assert edition("atlantis 7").channels == ()


def test_an_edition_whose_pathway_cannot_be_read_is_refused(
    installed: Path, changed: Changed
) -> None:
    old = changed("settings.toml", "default = 90", "default = 90")
    pack = load(old)
    (old / "pathway.toml").write_text("nothing = true")
    keep(old, pack, installed)

    with pytest.raises(PackError) as refused:
        edition("atlantis 7")
    assert {Path(fault.file).name for fault in refused.value.faults} == {"pathway.toml"}
