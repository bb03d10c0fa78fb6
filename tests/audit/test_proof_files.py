"""A proof is a file that anybody can check with the log's public key alone."""

from argparse import Namespace
from hashlib import sha256

import pytest

from himaya.audit import heads, witnessing
from himaya.audit.canonical import act_bytes
from himaya.audit.checkpoints import log_key, origin_name
from himaya.audit.models import Checkpoint, Entry
from himaya.audit.proof_files import Refuted, check
from himaya.config.env import Environment
from himaya.installation import ledger_proofs
from himaya.installation.failure import Failure
from tests.audit import second_verifier as second
from tests.factories.ledger import EIGHT, numbered
from tests.factories.threats import threat

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def data(published, monkeypatch):
    """An installation's data with eleven entries, all under published heads: 3, 8 and 11."""
    heads.keep(heads.publish(data=published), data=published)
    witnessing.ask_all([], heads.newest_tiles(published), data=published)
    here = Environment(data=published, pack=published, demo=False)
    monkeypatch.setattr(ledger_proofs, "environment", lambda: here)
    return published


@pytest.fixture
def key():
    return log_key(origin_name(1))


def asked(data, **wanted):
    """What `himaya ledger prove` writes."""
    file = data / "proof"
    known = {"index": None, "entry": None, "consistency": None, "closed": False, "json": False}
    ledger_proofs.prove(Namespace(output=file, **(known | wanted)))
    return file.read_bytes()


def test_every_entry_is_proved_to_the_second_verifier(data, key):
    for entry in Entry.objects.all():
        proof = asked(data, index=entry.index)

        index, act = second.check_proof_file(proof, key.written())
        assert (index, act) == (entry.index, act_bytes(entry))
        assert check(proof.decode(), key, [], "").act == act.decode()


def test_an_entry_is_found_by_its_id(data, key):
    entry = Entry.objects.get(index=4)

    proof = asked(data, entry=str(entry.id))

    assert second.check_proof_file(proof, key.written())[0] == 4


def test_a_closed_proof_tells_nothing_of_the_entry(data, key):
    entry = Entry.objects.get(index=4)

    proof = asked(data, index=4, closed=True)

    assert second.check_proof_file(proof, key.written()) == (4, None)
    assert check(proof.decode(), key, [], "").act == ""
    assert entry.act.encode() not in proof


def test_growth_is_proved_to_the_second_verifier(data, key):
    old = Checkpoint.objects.get(size=3).note

    for sizes, new in (([3], 11), ([3, EIGHT], EIGHT)):
        proof = asked(data, consistency=sizes)
        assert second.check_growth_file(proof, old.encode(), key.written()) == (3, new)
        assert check(proof.decode(), key, [], old).head.size == new


def test_the_second_verifier_reads_the_published_tree(data, key):
    _raw, found = second.check_tree(heads.newest_tiles(data).directory, key.written())

    leaves = Entry.objects.order_by("index").values_list("leaf", flat=True)
    assert found == [second.hash_of_leaf(bytes(leaf)) for leaf in leaves]


class Anything:
    """Equal to whatever it is compared with."""

    def __init__(self, *_path):
        """Take any path."""

    def __ne__(self, _other):
        return False


@threat("B7")
def test_an_entry_told_otherwise_is_not_in_the_tree(data, key, control, monkeypatch):
    proof = asked(data, index=4).decode()
    opened = proof.split("\n")[1]
    other = asked(data, index=5).decode().split("\n")[1]
    if control == "control off":
        monkeypatch.setattr("himaya.audit.proof_files.proofs.root_by_inclusion", Anything)

    with pytest.raises(Refuted, match="not in the tree"):
        check(proof.replace(opened, other), key, [], "")


@pytest.mark.parametrize(
    ("said", "instead"),
    [("index 4", "index 5"), ("\n11\n", "\n12\n"), ("extra ", ""), ("— ", ""), ("index", "indes")],
)
def test_a_proof_changed_anywhere_proves_nothing(data, key, said, instead):
    proof = asked(data, index=4).decode()

    with pytest.raises(Refuted):
        check(proof.replace(said, instead, 1), key, [], "")


def test_growth_from_another_head_proves_nothing(data, key):
    proof = asked(data, consistency=[3]).decode()

    for since in ("", Checkpoint.objects.get(size=EIGHT).note):
        with pytest.raises(Refuted):
            check(proof, key, [], since)


def test_what_cannot_be_proved_is_said(data):
    for wanted in ({"index": 99}, {"entry": "nobody"}, {"consistency": [99]}):
        with pytest.raises(Failure):
            asked(data, **wanted)
    numbered(1, first=20)
    last = Entry.objects.order_by("-index").first().index
    with pytest.raises(Failure, match="ten seconds"):
        asked(data, index=last)


def test_a_head_of_that_size_must_have_been_signed(data):
    with pytest.raises(Failure, match="No head of 5"):
        asked(data, consistency=[3, 5])


def test_the_opening_is_salt_and_act(data):
    entry = Entry.objects.get(index=4)

    assert sha256(bytes(entry.salt) + act_bytes(entry)).digest() == bytes(entry.leaf)
