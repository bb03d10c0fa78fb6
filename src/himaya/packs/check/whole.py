"""All checks of a pack, and on which files each of them rests."""

from collections.abc import Callable, Collection, Iterable

from himaya.packs.check.card import faults_of_card
from himaya.packs.check.clocks import faults_of_escalation, faults_of_hours, faults_of_timing
from himaya.packs.check.consent import faults_of_bands, faults_of_bases, faults_of_implicit
from himaya.packs.check.country import (
    faults_of_calendar,
    faults_of_languages,
    faults_of_law,
    faults_of_settings,
)
from himaya.packs.check.deciders import faults_of_deciders
from himaya.packs.check.decisions import (
    faults_of_criteria,
    faults_of_decisions,
    faults_of_no,
    faults_of_recovery,
)
from himaya.packs.check.desks import (
    faults_of_channels,
    faults_of_custody,
    faults_of_desks,
    faults_of_routes,
    faults_of_shares,
    faults_of_silence,
)
from himaya.packs.check.edition import faults_of_head
from himaya.packs.check.instruments import faults_of_instruments, faults_of_rows
from himaya.packs.check.pathway import (
    faults_of_actors,
    faults_of_bodies,
    faults_of_clocks,
    faults_of_required_steps,
    faults_of_solutions,
    faults_of_standing,
    faults_of_steps,
    faults_of_tracks,
)
from himaya.packs.check.reach import faults_of_reach
from himaya.packs.check.replies import faults_of_replies
from himaya.packs.check.retention import faults_of_retention
from himaya.packs.check.sets import faults_of_charges, faults_of_sets, faults_of_shown
from himaya.packs.check.tongues import faults_of_said
from himaya.packs.check.twice import faults_of_ids, faults_of_sources
from himaya.packs.check.walk import (
    faults_of_itself,
    faults_of_referred,
    faults_of_seats,
    faults_of_walks,
)
from himaya.packs.check.words import faults_of_unused, faults_of_words
from himaya.packs.errors import Fault
from himaya.packs.files import Files
from himaya.packs.schema import Pack

Check = Callable[[Pack], Iterable[Fault]]

CHECKS: tuple[tuple[tuple[str, ...], Check], ...] = (
    ((), faults_of_ids),
    (("pack",), faults_of_sources),
    (("pathway",), faults_of_tracks),
    (("pathway",), faults_of_actors),
    (("pathway",), faults_of_steps),
    (("pathway",), faults_of_required_steps),
    (("pathway",), faults_of_reach),
    (("pathway",), faults_of_standing),
    (("pathway",), faults_of_decisions),
    (("pathway",), faults_of_criteria),
    (("pathway",), faults_of_no),
    (("pathway", "settings"), faults_of_recovery),
    (("pathway", "agencies"), faults_of_seats),
    (("pathway", "solutions"), faults_of_walks),
    (("pathway",), faults_of_itself),
    (("pathway", "solutions"), faults_of_referred),
    (("pathway",), faults_of_unused),
    ((), faults_of_words),
    (("pathway", "settings", "law"), faults_of_clocks),
    (("pathway", "solutions"), faults_of_solutions),
    (("pathway", "agencies"), faults_of_bodies),
    (("pathway", "agencies"), faults_of_deciders),
    (("law",), faults_of_law),
    (("agencies",), faults_of_desks),
    (("agencies",), faults_of_routes),
    (("agencies",), faults_of_custody),
    (("agencies", "shares"), faults_of_silence),
    (("shares", "law"), faults_of_shares),
    (("consent", "agencies"), faults_of_bands),
    (("consent", "shares", "law"), faults_of_bases),
    (("consent",), faults_of_implicit),
    (("channels", "agencies"), faults_of_channels),
    (("calendar",), faults_of_calendar),
    (("calendar",), faults_of_hours),
    (("pathway", "settings", "law", "calendar"), faults_of_timing),
    (("escalation",), faults_of_escalation),
    (("languages",), faults_of_languages),
    (("indicators",), faults_of_instruments),
    (("indicators",), faults_of_sets),
    (("indicators", "law"), faults_of_shown),
    (("law",), faults_of_charges),
    (("card", "indicators", "agencies"), faults_of_card),
    (("settings",), faults_of_settings),
    (("retention", "settings", "law"), faults_of_retention),
    (("replies", "languages"), faults_of_replies),
)


def faults_of(files: Files, pack: Pack, unread: Collection[str]) -> list[Fault]:
    """Every fault of meaning in a pack.

    unread: names of files of which something had to be left out. What rests on one of them cannot
    be judged until it is mended, and is not: one missing step can put half a pathway out of reach.
    """
    faults = [*faults_of_head(files.head), *faults_of_rows(files.indicators)]
    for needs, check in CHECKS:
        if not any(f"{name}.toml" in unread for name in needs):
            faults += check(pack)
    # Which desks reporters may read of rests on nearly everything else.
    return faults or [*faults_of_said(files.words, pack)]
