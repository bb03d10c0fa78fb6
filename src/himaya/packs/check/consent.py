"""Who consents, and what goes without consent."""

from collections.abc import Iterator

from himaya.packs.check.faults import fault, ids, unknown
from himaya.packs.consent import Band, LegalBasis
from himaya.packs.errors import Fault
from himaya.packs.schema import Pack
from himaya.packs.vocabulary import PURPOSES, Decider, OwnView


def faults_of_bands(pack: Pack) -> Iterator[Fault]:
    """Persons for whom nobody could decide, or for whom only somebody could who must not."""
    for band in pack.bands:
        yield from unknown(band, "body", [band.body], ids(pack.agencies), "agency")
        yield from _faults_of_band(band)
    for child, whom in ((True, "a child"), (False, "an adult")):
        if pack.bands and not any(band.child == child for band in pack.bands):
            yield Fault(pack.bands[0].place.file, 1, f"nobody decides for {whom}")


def _faults_of_band(band: Band) -> Iterator[Fault]:
    deciders = set(band.decided_by)
    if not deciders:
        yield fault(band, "nobody may decide", "decided_by")
    if (Decider.BODY in deciders) != (band.body is not None):
        yield fault(band, "a body decides if, and only if, the band names one", "body")
    if (band.own_view is OwnView.DECIDES) != (deciders == {Decider.PERSON}):
        yield fault(band, '"decides" is for whoever decides alone', "own_view")
    if band.own_view is not OwnView.DECIDES and Decider.BODY not in deciders:
        yield fault(band, "nobody decides where the guardian must not be asked", "decided_by")


def faults_of_bases(pack: Pack) -> Iterator[Fault]:
    """Legal bases that open what never goes there, or that rest on nothing."""
    for basis in pack.bases:
        yield from unknown(
            basis, "provision", [basis.provision], ids(pack.law.provisions), "provision"
        )
        known = ids(pack.compartments)
        yield from unknown(basis, "compartments", basis.compartments, known, "compartment")
        yield from _faults_of_basis(basis, pack)


def _faults_of_basis(basis: LegalBasis, pack: Pack) -> Iterator[Fault]:
    if not basis.to:
        yield fault(basis, "it lets nothing go to anybody", "to")
    if basis.days < 1:
        yield fault(basis, f"{basis.days} days are none", "days")
    for kind in basis.to:
        policy = pack.share_policy(kind)
        never = set(policy.never) if policy else set(basis.compartments)
        for name in sorted(never & set(basis.compartments)):
            yield fault(basis, f'"{name}" never goes to a desk of the kind {kind}', "compartments")


def faults_of_implicit(pack: Pack) -> Iterator[Fault]:
    """Purposes that nobody knows, and times that are none."""
    for implicit in pack.implicit:
        yield from unknown(implicit, "id", [implicit.id], PURPOSES, "purpose")
        if implicit.days < 1:
            yield fault(implicit, f"{implicit.days} days are none", "days")
