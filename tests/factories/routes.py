"""Every address of a site, as its own table of addresses has it, with something in each place."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.urls import URLPattern, URLResolver, get_resolver

from himaya.config import public, staff

PLACE = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
# What stands in a place that nothing is known about, by the kind of the place.
NOTHING = {"uuid": str, "slug": lambda _id: "none", "str": lambda _id: "none", "int": lambda _id: 0}
OFFICERS, REPORTERS = staff.ROOT_URLCONF, public.ROOT_URLCONF
Known = Mapping[str, object]


@dataclass(frozen=True)
class Route:
    """One address. name: as the code calls it, empty when it does not."""

    name: str
    pattern: str

    @property
    def places(self) -> tuple[str, ...]:
        """The names of what is left open in the address."""
        return tuple(found["name"] for found in PLACE.finditer(self.pattern))

    @property
    def group(self) -> str:
        """The concept that it belongs to."""
        return self.name.partition(":")[0] if ":" in self.name else "the site itself"

    @property
    def shown(self) -> str:
        """The address as a reader writes it."""
        return "/" + PLACE.sub(lambda found: f"<{found['name']}>", self.pattern)

    def filled(self, known: Known) -> str:
        """The address of these objects; a random number stands for what is not among them."""
        return "/" + PLACE.sub(lambda found: str(_filling(found, known)), self.pattern)


def _filling(found: re.Match[str], known: Known) -> object:
    if found["name"] in known:
        return known[found["name"]]
    made: UUID = uuid4()
    return NOTHING[found["kind"] or "str"](made)


def routes(site: str) -> list[Route]:
    """Every address of a site, linked from somewhere or not."""
    return list(_below(get_resolver(site), "", ""))


def _below(resolver: URLResolver, before: str, names: str) -> Iterator[Route]:
    for each in resolver.url_patterns:
        pattern = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield Route(f"{names}{each.name or ''}", pattern)
        else:
            space = f"{each.namespace}:" if each.namespace else ""
            yield from _below(each, pattern, names + space)
