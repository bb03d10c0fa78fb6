"""Where open cases stand, by the edition of the pack by which they go: numbers, and no case."""

from uuid import UUID

from django.db.models import Count

from himaya.cases.models import Case, TrackState


def standing_of(edition: str) -> dict[tuple[str, str], int]:
    """Track id and state id → how many open cases of an edition stand there."""
    tracks = TrackState.objects.filter(case__pack=edition, case__state=Case.State.OPEN)
    counted = tracks.values_list("track", "state").annotate(number=Count("pk")).order_by()
    return {(track, state): number for track, state, number in counted}


def choices_of(edition: str) -> set[str]:
    """Solutions that persons of open cases of an edition chose."""
    cases = Case.objects.filter(pack=edition, state=Case.State.OPEN).exclude(solution="")
    return set(cases.order_by().values_list("solution", flat=True).distinct())


def open_of(edition: str) -> list[UUID]:
    """Open cases of an edition, the oldest first."""
    cases = Case.objects.filter(pack=edition, state=Case.State.OPEN).order_by("opened_at", "pk")
    return list(cases.values_list("pk", flat=True))
