"""What the worker does for figures: nameless facts of the cases that something happened to."""

import structlog
from django.db import transaction

from himaya.accountability.queries import is_canary
from himaya.audit.models import Entry
from himaya.config.env import environment
from himaya.installation import invented_figures
from himaya.installation.clock import now
from himaya.kernel.access import job
from himaya.pathway.answers import referrals_touched
from himaya.pathway.facts import cases_touched, taken_over
from himaya.statistics.errors import FactNotCoded
from himaya.statistics.operations import forget_fact, replace_fact, replace_referral_fact

log = structlog.get_logger("himaya.worker")


def invent_a_past() -> None:
    """In a demonstration, give the figures an invented past. Once there, it is left alone."""
    if environment().demo:
        with transaction.atomic():
            invented_figures.invent(actor=job("demonstration"), at=now())


class Counting:
    """How far into the ledger the facts have been counted."""

    def __init__(self) -> None:
        self.counted_to = 0

    def count(self) -> None:
        """Replace the facts of every case that new entries are about."""
        last = Entry.objects.order_by("-index").values_list("index", flat=True).first()
        if last is None or last < self.counted_to:
            return
        with transaction.atomic():
            for case_id in taken_over(after=self.counted_to):
                forget_fact(actor=job("facts"), at=now(), case_id=case_id)
            for case_id, fact in cases_touched(after=self.counted_to):
                if is_canary(case_id):
                    continue
                try:
                    replace_fact(actor=job("facts"), at=now(), case_id=case_id, fact=fact)
                except FactNotCoded as refusal:
                    log.warning("facts.left_out", **refusal.facts)
            self._count_referrals()
        self.counted_to = last + 1

    def _count_referrals(self) -> None:
        """Replace the facts of every referral that new entries are about."""
        for referral_id, case_id, fact in referrals_touched(after=self.counted_to):
            if not is_canary(case_id):
                replace_referral_fact(
                    actor=job("facts"), at=now(), referral_id=referral_id, fact=fact
                )
