"""Every way in which a pack can be wrong is found, on the right line and for the right reason."""

import shutil
import tomllib
from pathlib import Path

import pytest

from himaya.packs.assemble import assemble
from himaya.packs.check.whole import CHECKS
from himaya.packs.errors import Fault, PackError
from himaya.packs.loader import _Folder, load
from tests.packs.conftest import ATLANTIS, Changed, faults_in

pytestmark = pytest.mark.slow  # a long series

BROKEN = tomllib.loads((Path(__file__).parent / "broken.toml").read_text(encoding="utf-8"))[
    "broken"
]


def line_of(path: Path, file: str, mark: str) -> int:
    """The line on which a text ends; for the name of an entry, the line of the header above it."""
    text = (path / file).read_text(encoding="utf-8")
    number = text.count("\n", 0, text.index(mark) + len(mark)) + 1
    above = text.splitlines()[number - 2]
    names_an_entry = mark.startswith(("id = ", "code = ")) and above.startswith("[[")
    return number - 1 if names_an_entry else number


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken["name"])
def test_each_fault_is_found_on_its_line_with_its_reason(
    broken: dict[str, str], changed: Changed
) -> None:
    path = changed(broken["file"], broken["old"], broken["new"])

    found = faults_in(path)
    header = f"{broken['file']}:{line_of(path, broken['file'], broken['line'])}: "
    matching = [fault for fault in found if fault.startswith(header)]
    assert [fault for fault in matching if broken["reason"] in fault], found


def test_without_a_fault_none_is_found() -> None:
    assert faults_in(ATLANTIS) == []


@pytest.mark.slow
def test_every_check_finds_something_that_no_other_does(changed: Changed, tmp_path: Path) -> None:
    """With a check switched off its row of the table would pass: so each one is needed."""
    idle = {check.__name__ for _, check in CHECKS}

    for broken in BROKEN:
        shutil.rmtree(tmp_path / "pack", ignore_errors=True)
        folder = _Folder(changed(broken["file"], broken["old"], broken["new"]))
        pack = assemble(folder.files())
        if not folder.unread:
            finders = [check.__name__ for _, check in CHECKS if list(check(pack))]
            idle -= set(finders) if len(finders) == 1 else set()

    assert idle == set()


@pytest.mark.parametrize(
    ("name", "second"),
    [("step", 'id = "give_up"'), ("agency", 'id = "temple"'), ("instrument", 'code = "clouds"')],
)
def test_what_stands_twice_is_named_with_the_line_of_the_first(
    name: str, second: str, changed: Changed
) -> None:
    file, first = {
        "step": ("pathway.toml", 'id = "find"'),
        "agency": ("agencies.toml", 'id = "harbour"'),
        "instrument": ("indicators.toml", 'code = "waves"'),
    }[name]

    path = changed(file, second, first)

    lines = (path / file).read_text(encoding="utf-8").splitlines()
    one, other = (number for number, line in enumerate(lines, 1) if line == first)
    word = first.split('"')[1]
    expected = f'{file}:{other}: "{word}" stands here twice; first on line {one}'
    assert expected in faults_in(path)


def test_all_faults_are_listed_and_not_only_the_first(changed: Changed) -> None:
    changed("pathway.toml", 'ar = "العثور"', 'ar = ""')
    changed("pathway.toml", '{ id = "safe", end = true,', '{ id = "safe",')
    changed("law.toml", "amount = 2", 'amount = "two"')
    path = changed("channels.toml", 'operator = "harbour"', 'operator = "mermaids"')

    reasons = [fault.split(": ", 1)[1] for fault in faults_in(path)]

    assert reasons == [
        'unknown agency "mermaids"',
        '"amount" must be a whole number, not "two"',
        'state "safe" is a dead end: no step leaves it and it is not an end',
        '"label" has no Arabic (ar)',
    ]


def test_one_unreadable_step_does_not_put_half_the_pathway_out_of_reach(changed: Changed) -> None:
    path = changed("pathway.toml", 'to = "searching"', "to = 1")

    assert len(faults_in(path)) == 1


@pytest.mark.parametrize("file", sorted(file.name for file in ATLANTIS.glob("*.toml")))
def test_each_file_must_be_there_be_text_and_say_something(file: str, tmp_path: Path) -> None:
    path = tmp_path / "pack"
    shutil.copytree(ATLANTIS, path)

    (path / file).write_bytes(b"\n \n")
    empty = faults_in(path)
    (path / file).write_bytes(b'x = 1\ny = "\xff"\n')
    foreign = faults_in(path)
    (path / file).unlink()
    missing = faults_in(path)
    (path / file).mkdir()
    folder = faults_in(path)

    assert empty == [f"{file}:1: the file is empty"]
    assert foreign == [f"{file}:2: the file is not UTF-8 text"]
    assert missing == [f"{file}:1: the file is missing"]
    assert folder == [f"{file}:1: this is no file"]


def test_a_pack_is_data_and_holds_nothing_else(changed: Changed) -> None:
    path = changed("pack.toml", 'version = "7"', 'version = "8"')
    (path / "plugin.py").write_text("print('hello')")

    assert faults_in(path) == ["plugin.py:1: this is not a file of a pack"]


def test_a_folder_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(PackError) as refused:
        load(tmp_path / "mu")

    assert refused.value.faults == (Fault(f"{tmp_path}/mu", 1, "there is no such folder"),)


def test_a_bottomless_list_is_refused_and_not_followed(changed: Changed) -> None:
    path = changed("law.toml", '["sirens"]', "[" * 5000 + "]" * 5000)

    assert faults_in(path) == ["law.toml:1: lists and tables are nested too deeply"]


def test_what_the_country_decided_must_be_a_duration_too(changed: Changed) -> None:
    path = changed("settings.toml", "default = 90", "default = 90\nvalue = 0")

    assert [fault for fault in faults_in(path) if "a duration of 0 is none" in fault]
