"""What was decided about a person: by the desk that presumes, or since then by another body.

The column of the case says whether somebody is presumed. A body that is asked to decide beyond that
sees no case and writes none: its yes or no is where the track of the identification stands.
"""

from collections.abc import Collection
from uuid import UUID

from himaya.cases import merged
from himaya.cases.models import Case
from himaya.cases.tracks import pack_of


def identification_of(cases: Collection[Case]) -> dict[UUID, str]:
    """Case → where its identification stands, for a list of cases in three questions."""
    tracks, merges, absorbed = (list(rows) for rows in merged.asked_for(*cases))
    stands = {}
    for case in cases:
        pack = pack_of(case)
        own = [merge for merge in merges if merge.kept_id == case.pk]
        found = {row.track: row.state for row in merged.held(pack, case, (tracks, own, absorbed))}
        stands[case.pk] = found.get(pack.step("presume").track, "")
    return stands


def decided(case: Case, stands: str) -> bool | None:
    """Whether the last decision was a yes; None where the pack has none that leads there.

    stands: where the identification of the case stands, as `identification_of` finds it.
    """
    pack = pack_of(case)
    return pack.answered(pack.step("presume").track, stands)
