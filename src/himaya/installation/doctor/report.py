"""The findings, left where the officers' site shows them to the system administrator."""

import json
from dataclasses import asdict
from typing import cast

import psycopg
from django.db import connection

from himaya.config.env import environment
from himaya.installation.doctor.examination import Examination, examine
from himaya.installation.keys import write_secret
from himaya.installation.place import Place


def examine_now() -> Examination:
    """Examine this process's installation and leave the findings in `DIR/findings.json`."""
    connection.ensure_connection()
    database = cast("psycopg.Connection[tuple[object, ...]]", connection.connection)
    examination = examine(Place(environment().data), database)
    write_secret(environment().data / "findings.json", as_json(examination))
    return examination


def as_json(examination: Examination) -> str:
    """The examination as one line."""
    return json.dumps(asdict(examination) | {"ok": examination.is_safe()})
