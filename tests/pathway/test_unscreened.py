"""What nobody takes before the person was screened: the steps that the packs mark."""

import pytest

from himaya.cases.errors import ConditionMissing
from himaya.cases.tracks import take_step
from himaya.kernel.access import job
from himaya.packs.loader import current
from tests.factories import cases
from tests.factories.moments import NOON

MARKED = ["hear_complaint", "settle", "find_absconding", "contest_report", "pass_gate", "depart"]


@pytest.mark.parametrize("step", MARKED)
def test_the_pack_marks_what_waits_for_a_screening(step):
    assert "screened" in current().step(step).guards


@pytest.mark.slow
@pytest.mark.parametrize("held", [set(), {"screened"}], ids=["unscreened", "screened"])
def test_no_absconding_report_is_taken_in_before_the_screening(people, held):
    case = cases.case(people.worker.desk, people.identifier.desk)

    def found():
        return take_step(
            step_id="find_absconding", case_id=case.pk, actor=job("tests"), held=held, at=NOON
        )

    if held:
        assert found().state == "absconding"
    else:
        with pytest.raises(ConditionMissing):
            found()
