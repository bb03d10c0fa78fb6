"""What the writing pages tell the script that seals in the browser; without it they do without."""

import json
from dataclasses import dataclass

from django.db import Error as DatabaseFault
from django.utils.functional import Promise

from himaya.kernel.errors import Refusal
from himaya.packs.schema import Pack
from himaya.reporting.contents import Told
from himaya.reporting.desk_keys import DeskKeys, desk_keys, last_desk_keys
from himaya.reporting.errors import TooLong
from himaya.reporting.public.answers import NAMES
from himaya.reporting.public.arrival import ReporterRequest
from himaya.reporting.public.failure import NOT_STORED
from himaya.reporting.public.forms import ReadersForm, StoryForm
from himaya.reporting.public.replaying import is_away
from himaya.reporting.rules import LARGEST_FILES
from himaya.reporting.sealing import readers_for

ASKS = "seals"  # the field with which a script says that it holds the words back
HELD = tuple(name for name in NAMES if name == "story" or name.startswith("contact_"))


@dataclass(frozen=True, slots=True)
class Sealing:
    """For the script. held: names of the answers that stay in the browser. to: the keys to seal to.

    largest: how many bytes files may have together. questions: what each answer held answers.
    The sentences are those that the script may have to say, in the reporter's language.
    """

    held: str
    to: str
    largest: int
    largest_megabytes: int
    questions: list[tuple[str, str | Promise]]
    too_long: str | Promise = TooLong.message
    unsent: str | Promise = NOT_STORED


def sealing(request: ReporterRequest, told: Told, pack: Pack, *, sends: bool) -> Sealing:
    """For a page of the report. The keys are asked for by the answers given, never by the words.

    sends: it is the page with the button Send, the only one that needs keys.
    """
    to = keys_for(told, pack) if sends and ASKS in request.words else ""
    megabytes = LARGEST_FILES // 1024**2
    return Sealing(" ".join(HELD), to, LARGEST_FILES, megabytes, _questions() if sends else [])


def _keys() -> DeskKeys:
    if is_away():
        return last_desk_keys()
    try:
        return desk_keys()
    except DatabaseFault:
        return last_desk_keys()


def _questions() -> list[tuple[str, str | Promise]]:
    asked = {**StoryForm.base_fields, **ReadersForm.base_fields}
    return [(name, asked[name].label or "") for name in HELD if name in asked]


def keys_for(told: Told, pack: Pack) -> str:
    """The public keys that this report is sealed to, each confirmed; empty while none is known."""
    try:
        readers = readers_for(told, pack, _keys())
    except Refusal:
        return ""
    return json.dumps([[str(reader.key.pk), reader.key.public_key] for reader in readers])
