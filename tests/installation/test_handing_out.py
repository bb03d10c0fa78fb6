"""Giving shares to their keepers: alone, on paper, typed back; and taking them again."""

import stat

import pytest

from himaya.installation import handing_out
from himaya.installation.failure import Failure
from himaya.vault.shares import Paper, split

SECRET = bytes(range(32))
BODIES = ("first", "second", "third")


@pytest.fixture(scope="module")
def shares():
    return split(SECRET, needed=2, keepers=3)


class Keepers:
    """People who read the screen and type what they wrote; some of them slip once."""

    def __init__(self, slips=()):
        self.shown = []
        self.slips = dict(slips)
        self.words = ""

    def __call__(self, screen):
        self.shown.append(screen)
        if "Type " not in screen:
            lines = [line for line in screen.splitlines() if line.strip()[:1].isdigit()]
            self.words = " ".join(lines) if lines else self.words
            return ""
        name = screen.split("Type ")[1].split(" back")[0]
        slip = self.slips.pop(name, None)
        return slip if slip is not None else self.words


def test_every_keeper_sees_one_share_and_types_it_back(shares):
    keepers = Keepers()

    papers = handing_out.on_the_screen(shares, BODIES, 2, keepers)

    assert [paper.mnemonic() for paper in papers] == shares
    assert handing_out.check_every_way(papers, 2, SECRET) == 3
    for screen in keepers.shown:
        assert screen.startswith(handing_out.CLEAR)
        assert sum(share.split()[10] in screen.split() for share in shares) <= 3
    assert not any(all(share.split()[-1] in screen for share in shares) for screen in keepers.shown)


def test_a_keeper_who_wrote_something_else_sees_it_again(shares):
    wrong = "academik " + " ".join(shares[1].split()[1:])
    keepers = Keepers({"share 2 of 3, kept by second": wrong})

    papers = handing_out.on_the_screen(shares, BODIES, 2, keepers)

    assert papers[1].mnemonic() == shares[1]
    assert any("“academik”, is not one of the words" in screen for screen in keepers.shown)


def test_a_keeper_who_types_anothers_share_is_told(shares):
    keepers = Keepers({"share 2 of 3, kept by second": shares[0]})

    papers = handing_out.on_the_screen(shares, BODIES, 2, keepers)

    assert papers[1].mnemonic() == shares[1]
    assert any("That is another share." in screen for screen in keepers.shown)


def test_files_are_for_their_owner_alone_and_replace_nothing(shares, tmp_path):
    papers = handing_out.into_files(shares, BODIES, 2, tmp_path / "new")

    assert [paper.mnemonic() for paper in papers] == shares
    written = sorted((tmp_path / "new").iterdir())
    assert [path.name for path in written] == [
        "share-1-first.txt",
        "share-2-second.txt",
        "share-3-third.txt",
    ]
    assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {0o600}
    with pytest.raises(Failure, match="is there already"):
        handing_out.into_files(shares, BODIES, 2, tmp_path / "new")


def test_shares_that_do_not_give_the_key_back_are_not_handed_out(shares):
    papers = [Paper(str(n), share) for n, share in enumerate(shares)]

    with pytest.raises(Failure, match="do not give the key back"):
        handing_out.check_every_way(papers, 2, bytes(32))


def test_shares_are_typed_in_until_one_is_empty(shares, monkeypatch):
    monkeypatch.setattr(handing_out, "need_person", lambda _otherwise: None)
    answers = iter([shares[2], shares[0], ""])

    papers = handing_out.typed_in(lambda _screen: next(answers))

    assert handing_out.check_every_way(papers, 2, SECRET) == 1


def test_a_script_is_not_asked_like_a_person():
    with pytest.raises(Failure, match="use a terminal"):
        handing_out.typed_in()


def test_a_share_that_cannot_be_read_is_one_sentence(tmp_path):
    with pytest.raises(Failure, match="cannot be read"):
        handing_out.secret_of([tmp_path / "nowhere"])
    (tmp_path / "one").write_text("academic acid")
    with pytest.raises(Failure, match="has 2 words; a share has 33"):
        handing_out.secret_of([tmp_path / "one"])
