"""An installation opened: its database runs, its tables are there, its settings are in force."""

import importlib
import os
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

import django

from himaya.installation import preparation, processes, roles
from himaya.installation.failure import Failure
from himaya.installation.keys import make_keys
from himaya.installation.locks import alone, is_held
from himaya.installation.place import Place
from himaya.installation.server import Server, server_of


@contextmanager
def opened(place: Place, *, always: bool = False) -> Iterator[Server]:
    """Run the database while the block lasts. What is missing is made first.

    always: prepare even when the database looks prepared: `up` heals what was changed by hand.
    """
    refuse_half_restored(place)
    place.make()
    with alone(place.starting_lock):
        make_keys(place.secrets)
    server = server_of(place)
    with server.in_use():
        with alone(place.starting_lock):
            _settle(place, server, always=always)
        yield server


def refuse_half_restored(place: Place) -> None:
    """Refuse to work on what a restore has not finished."""
    if place.restoring.exists():
        raise Failure(
            f"A backup is being restored into {place.data}, or that was cut off. "
            "Run `himaya restore` again: it begins anew."
        )


def _settle(place: Place, server: Server, *, always: bool) -> None:
    roles.refuse_strangers(place, server.administrator())
    roles.write_dsns(place, server.administrator(), server.database)
    running = (
        is_held(place.up_lock) and not always
    )  # it has prepared, and its sites work on the tables
    if always or not (running or preparation.is_prepared(place, server)):
        preparation.prepare(place, server)


def run_inside(options: Namespace, module: str, *, settings: str) -> int:
    """Open the installation, set Django up, import a module of `work` and call its `run(options)`.

    settings: which process this is to the database: command, worker, figures …
    The work finds the server in `options.server`.
    """
    place = Place(options.data)
    with opened(place) as options.server:
        os.environ.update(processes.environment(place, settings))
        django.setup()
        work = importlib.import_module(f"himaya.installation.work.{module}")
        return int(work.run(options))
