"""Tables, policies, static files, catalogues, pack. A process of its own, as the tables' owner."""

from argparse import Namespace
from typing import cast

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from himaya.config.env import environment
from himaya.installation import catalogue, loading, policies
from himaya.installation.messages import compile_messages
from himaya.installation.place import Place
from himaya.installation.progress import say


def run(options: Namespace) -> int:
    """Do all of it, each step harmless when it was done before."""
    call_command("migrate", interactive=False, verbosity=0)
    connection.ensure_connection()
    line = cast("psycopg.Connection[tuple[object, ...]]", connection.connection)
    policies.apply(line)
    rights = Place(environment().data).rights
    rights.write_text(catalogue.fingerprint(line), encoding="ascii")
    for directory in settings.LOCALE_PATHS:
        compile_messages(directory)
    say("Collecting static files")
    call_command("collectstatic", interactive=False, verbosity=0)
    say("Loading the country pack")
    loading.load(demo=environment().demo)
    return 0
