"""Whoever oversees sees each use of the recovery key, each backup and each restore."""

import pytest

from himaya.agencies.models import Desk
from himaya.audit.sequencer import number_pending
from himaya.vault.recovering import recover_desk
from tests.factories import offices, seats
from tests.factories.moments import NOON
from tests.factories.recovery import ceremony

pytestmark = pytest.mark.django_db


def test_a_use_of_the_recovery_key_shows_on_the_oversight_page():
    held = ceremony()
    desk = offices.desk()
    officer = seats.officer("case_worker", desk)
    seats.MemberWrap.objects.filter(officer=officer).delete()
    recover_desk(
        actor=offices.TESTS,
        secret=held.secret(),
        desk_id=desk.pk,
        officer_id=officer.pk,
        at=NOON,
    )
    number_pending()
    overseer = seats.officer("data_protection_officer", offices.desk(Desk.Kind.OVERSIGHT))

    page = seats.browser(overseer).get("/ledger/").content.decode()

    assert "A recovery key was made; its shares were handed out" in page
    used = page.split("The recovery key gave an officer the keys of a desk")[1]
    assert desk.label() in used.split("</li>")[0]
    assert officer.username not in page


def test_nobody_else_has_that_page():
    worker = seats.officer("case_worker", offices.desk())

    assert seats.browser(worker).get("/ledger/").status_code == 403
