"""The worker's round: number the ledger, then every chore whose time has come."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from himaya.audit.sequencer import number_pending
from himaya.installation.chores import (
    clocks,
    digest,
    doors,
    entrance,
    fieldwork,
    hotline,
    keeping,
    keys,
)
from himaya.installation.chores.facts import Counting, invent_a_past
from himaya.installation.chores.ledger import publisher
from himaya.installation.doctor.report import examine_now


@dataclass(frozen=True, slots=True)
class Chore:
    """One piece of the worker's work: what, and after how many seconds again."""

    every: float
    do: Callable[[], object]


def chores(counting: Counting) -> tuple[Chore, ...]:
    """What the worker does besides numbering, in this order."""
    return (
        Chore(3600, invent_a_past),
        Chore(0, counting.count),
        Chore(10, publisher.publish),
        Chore(30, clocks.wake_second_desks),
        Chore(2, clocks.compare_reports),
        Chore(30, clocks.wake_for_silent_referrals),
        Chore(10, clocks.count_deadlines),
        Chore(2, clocks.watch_openings),
        Chore(1, keys.sign_desk_keys),
        Chore(30, keys.end_expired_grants),
        Chore(5, keys.reseal_compartments),
        Chore(60, entrance.forget_sessions),
        Chore(300, entrance.count_wrong_tries),
        Chore(5, keeping.send_notices),
        Chore(20, doors.postman.look),
        Chore(60, doors.forget_requests),
        Chore(60, hotline.end_silent_calls),
        Chore(60, fieldwork.revoke_devices),
        Chore(3600, hotline.forget_callers),
        Chore(20, keeping.erase),
        Chore(3600, keeping.retain),
        Chore(600, digest.sign_days),
        Chore(3600, examine_now),
    )


class Round:
    """What the worker remembers between rounds: when each chore was last done."""

    def __init__(self) -> None:
        self.chores = chores(Counting())
        self.done = [-chore.every for chore in self.chores]

    def run(self) -> None:
        """Do what is due. Each piece is a transaction of its own; a cut leaves it undone."""
        while number_pending():
            pass
        for place, chore in enumerate(self.chores):
            now = time.monotonic()
            if now - self.done[place] >= chore.every:
                self.done[place] = now
                chore.do()


_round = Round()


def run() -> None:
    """One round; the process that calls this again and again is `worker_process`."""
    _round.run()
