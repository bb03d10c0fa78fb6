"""Who acts, and what they may do."""

import pytest

from himaya.kernel.access import REPORTERS_SITE, Actor, Permission, allowed, job
from himaya.kernel.errors import NotKnown, NotPermitted, Refusal

WORKER = Actor(kind="officer", name="case_worker", permissions=frozenset({Permission.CASE_READ}))


@pytest.mark.parametrize(
    ("actor", "permission", "may"),
    [
        (WORKER, Permission.CASE_READ, True),
        (WORKER, Permission.CASE_CLOSE, False),
        (REPORTERS_SITE, Permission.REPORT_READ, False),
        (job("clocks"), Permission.LEDGER_READ, False),
    ],
)
def test_an_actor_may_what_is_among_their_permissions(actor, permission, may):
    assert actor.may(permission) is may


def test_who_needs_a_permission_they_lack_is_refused_by_name_of_the_permission():
    WORKER.need(Permission.CASE_READ)

    with pytest.raises(NotPermitted) as no:
        WORKER.need(Permission.CASE_CLOSE)

    assert no.value.facts == {"permission": "case.close"}


def test_an_actor_cannot_be_changed():
    with pytest.raises(AttributeError):
        WORKER.permissions = frozenset(Permission)


def test_a_rule_is_also_a_question():
    def check(number):
        if number > 1:
            raise NotKnown(number=number)

    assert allowed(check, 1) is True
    assert allowed(check, 2) is False


def test_only_a_refusal_answers_no_to_that_question():
    def broken():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        allowed(broken)


def test_permissions_are_words_of_the_field_and_different():
    assert len({permission.value for permission in Permission}) == len(Permission)
    assert all(permission.value.count(".") == 1 for permission in Permission)


def test_a_refusal_carries_its_code_and_facts_and_speaks_in_a_sentence():
    no = NotKnown(case=7)

    assert isinstance(no, Refusal)
    assert no.args == ("access.not_known", {"case": 7})
    assert no.sentence() == "There is nothing here for you to see. Go back to your list."
