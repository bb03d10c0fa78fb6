"""docs/threat-model.md lists which test proves which row, and it is true."""

import pytest

from himaya.config.env import ROOT
from tests.factories.threats import rows_of
from tools import proofs

# Rows of the trust core: each has a test that fails with its control off.
PROVED = {"B1", *(f"B{number}" for number in range(4, 10))}
PROVED |= {"C1", "C2", "C6", "C8", "C9", "C11", "D4", "D5", "D7"}
# Rows whose search harness every later feature joins.
SEARCHED = {"B2", "B3", "B8", "B10"}
FILE = """
import pytest
from tests.factories.threats import threat
SHUT = threat("B5", off=open_door)
pytestmark = [pytest.mark.slow, threat("C8")]

@SHUT
def test_one(): ...

@pytest.mark.machine("fuse")
@threat("B10")
def test_two(): ...

@threat("example")
def test_three(): ...

def helps(): ...
"""


def test_each_row_of_the_trust_core_is_proved():
    """When a row is missing here, its test does not say @threat."""
    assert {proof.row for proof in proofs.proofs()} >= PROVED | SEARCHED


def test_a_row_is_held_only_by_a_test():
    held = {row for row, state in proofs.states().items() if state.startswith("held")}

    assert held <= {proof.row for proof in proofs.proofs()}


def test_every_test_proves_a_row_that_the_page_has():
    assert {proof.row for proof in proofs.proofs()} <= proofs.states().keys()


def test_the_reading_of_marks_misses_none_that_pytest_sees(request):
    seen = {(proof.row, proof.file, proof.test) for proof in proofs.proofs()}

    for item in request.session.items:
        file = item.path.relative_to(ROOT)
        for row in rows_of(item) - {"example"}:
            assert (row, str(file), item.originalname) in seen


def planted(tmp_path, text=FILE):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_planted.py").write_text(text, encoding="utf-8")
    return proofs.proofs(tmp_path)


def test_marks_are_read_however_they_are_written(tmp_path):
    found = [(proof.row, proof.test, proof.machine) for proof in planted(tmp_path)]

    assert found == [
        ("B5", "test_one", False),
        ("B10", "test_two", True),
        ("C8", "test_one", False),
        ("C8", "test_two", True),
        ("C8", "test_three", False),
    ]


@pytest.mark.parametrize(
    "page", ["", "before\n", f"before\n{proofs.BEGIN}\nold\n{proofs.END}\nafter"]
)
def test_only_the_table_is_written_anew(tmp_path, page):
    (tmp_path / "page.md").write_text(page, encoding="utf-8")

    made = proofs.filled(tmp_path / "page.md", planted(tmp_path))

    assert made.startswith(page.partition(proofs.BEGIN)[0])
    assert made.endswith("after" if "after" in page else f"{proofs.END}\n")
    assert "| B5 | `tests/test_planted.py`: `test_one` |" in made
    assert "`test_two` (machine)" in made
    assert "old" not in made
