"""The worker's chores around the ledger: publish, sign, have it witnessed, keep the journal."""

import threading
from collections import deque
from pathlib import Path

import structlog

from himaya.audit import heads, witnessing
from himaya.audit.record import journal, record
from himaya.audit.settling import settle
from himaya.audit.tiles import Tiles
from himaya.audit.witnesses import trusted
from himaya.config.env import environment
from himaya.installation.clock import now
from himaya.kernel.access import job

log = structlog.get_logger("himaya.worker")


class Publisher:
    """Publishes what is new; a thread of its own asks the witnesses, so that nothing waits.

    covered: how many entries lay under a published head after each of the last rounds.
    """

    def __init__(self) -> None:
        self._asking = threading.Thread()
        self._covered = deque([0], maxlen=3)

    def publish(self) -> None:
        """One round. A ledger that does not go on where it was published is not signed."""
        data = environment().data
        try:
            while signed := heads.publish(data=data):
                heads.keep(signed, data=data)
        except heads.NotPublished as refused:
            log.error("ledger.not_published", published=refused.published, found=refused.found)
            return
        tiles = heads.newest_tiles(data)
        self._settle(tiles)
        if not self._asking.is_alive():
            self._asking = threading.Thread(target=_ask, args=(tiles, data), daemon=True)
            self._asking.start()

    def _settle(self, tiles: Tiles) -> None:
        """Drop from the journal what the published tree has taken over; tell of what is nowhere."""
        lost = settle(journal(), covered=tiles.size, since=self._covered[0])
        self._covered.append(tiles.size)
        for mac in sorted(lost):
            log.error("ledger.act_lost", mac=mac)
            record(act="ledger.act_lost", actor=job("ledger"), at=now(), facts={"mac": mac})


def _ask(tiles: Tiles, data: Path) -> None:
    """Ask every witness. It works from files alone: this thread has no database connection."""
    for asked in witnessing.ask_all(trusted(data), tiles, data=data):
        if asked.seen is None:
            log.warning("ledger.not_witnessed", witness=asked.witness.name, said=asked.said)


publisher = Publisher()
