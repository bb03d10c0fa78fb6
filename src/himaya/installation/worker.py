"""The worker's round: number the ledger, sign its head, wake silent desks, refresh the figures."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from django.db import connection, transaction

from himaya.accountability.operations.scan import scan
from himaya.accountability.queries import is_canary
from himaya.audit.models import Entry
from himaya.audit.sequencer import number_pending
from himaya.config.env import environment
from himaya.installation import entrance_chores, invented_figures, keeping_chores, keys_chores
from himaya.installation.doctor.report import examine_now
from himaya.installation.ledger_chores import publisher
from himaya.kernel.access import job
from himaya.pathway.facts import cases_touched
from himaya.reporting.operations.escalate import escalate_silent
from himaya.statistics.errors import FactNotCoded
from himaya.statistics.operations import replace_fact

log = structlog.get_logger("himaya.worker")


@dataclass(frozen=True, slots=True)
class Chore:
    """One piece of the worker's work: what, and after how many seconds again."""

    every: float
    do: Callable[[], object]


def _wake_second_desks() -> None:
    with transaction.atomic():
        escalate_silent(actor=job("clocks"), at=_now())


def _watch_openings() -> None:
    """Read the ledger on for openings that nothing explains."""
    while scan(actor=job("watch"), at=_now()):
        pass


def chores() -> tuple[Chore, ...]:
    """What the worker does besides numbering, in this order. Each is harmless to repeat."""
    return (
        Chore(10, publisher.publish),
        Chore(30, _wake_second_desks),
        Chore(2, _watch_openings),
        Chore(1, keys_chores.sign_desk_keys),
        Chore(30, keys_chores.end_expired_grants),
        Chore(5, keys_chores.reseal_compartments),
        Chore(60, entrance_chores.forget_sessions),
        Chore(300, entrance_chores.count_wrong_tries),
        Chore(5, keeping_chores.send_notices),
        Chore(20, keeping_chores.erase),
        Chore(3600, keeping_chores.retain),
        Chore(3600, examine_now),
    )


class Round:
    """What the worker remembers between rounds: when each chore was last done."""

    def __init__(self) -> None:
        self.done: dict[Callable[[], object], float] = {}
        self.counted_to = 0
        self.begun = False

    def run(self) -> None:
        """Do what is due. Each piece is a transaction of its own; a cut leaves it undone."""
        self._begin()
        while number_pending():
            pass
        self._count_facts()
        for chore in chores():
            now = time.monotonic()
            if now - self.done.get(chore.do, -chore.every) >= chore.every:
                self.done[chore.do] = now
                chore.do()

    def _begin(self) -> None:
        """In a demonstration, the first round of a worker gives the figures an invented past."""
        if environment().demo and not self.begun:
            with transaction.atomic():
                invented_figures.invent(actor=job("demonstration"), at=_now())
        self.begun = True

    def _count_facts(self) -> None:
        last = Entry.objects.order_by("-index").values_list("index", flat=True).first()
        if last is None or last < self.counted_to:
            return
        with transaction.atomic():
            for case_id, fact in cases_touched(after=self.counted_to):
                if is_canary(case_id):
                    continue
                try:
                    replace_fact(actor=job("facts"), at=_now(), case_id=case_id, fact=fact)
                except FactNotCoded as refusal:
                    log.warning("facts.left_out", **refusal.facts)
        self.counted_to = last + 1


def _now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        moment: datetime = cursor.fetchone()[0]
    return moment


_round = Round()


def run() -> None:
    """One round; the process that calls this again and again is `worker_process`."""
    _round.run()
