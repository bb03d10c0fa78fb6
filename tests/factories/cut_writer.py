"""Reporters who press Send without pause, and note what the reporters' site acknowledged.

A program of its own: HIMAYA_DATA says which installation. A line of JSON for every receipt shown;
after a line on its input it takes in what waits on the disk, and ends. With the word "spool" it
syncs nothing of what waits there; with "synchronous_commit" it does not wait for the database to
sync.
"""

import json
import os
import sys
import time
from hashlib import sha256
from threading import Event, Lock, Thread
from unittest import mock

os.environ["DJANGO_SETTINGS_MODULE"] = "himaya.config.public"
RECEIPTS = os.fdopen(os.dup(1), "w")
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # the site's log goes elsewhere

import django  # noqa: E402 - the receipts go first

django.setup()

from io import BytesIO  # noqa: E402 - after the settings

from django.conf import settings  # noqa: E402
from django.db import Error as DatabaseFault  # noqa: E402
from django.db import close_old_connections, connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from himaya.reporting import spool  # noqa: E402
from himaya.reporting.contents import Told  # noqa: E402
from himaya.reporting.envelopes import Envelope  # noqa: E402
from himaya.reporting.public import replaying  # noqa: E402
from himaya.reporting.public.answers import Answers  # noqa: E402
from himaya.reporting.public.carry import Carried, pack  # noqa: E402
from himaya.reporting.receipts import numbers_of  # noqa: E402
from himaya.reporting.sealing import SealedReport  # noqa: E402
from himaya.vault.files import File  # noqa: E402
from tests.factories import envelopes  # noqa: E402

AT_ONCE = 4
PAUSE = 0.05
CODES = Told(language="en", danger="now")
said = Lock()
keep = spool.put
over = Event()
spooled: set[str] = set()


def put(made: SealedReport) -> None:
    """Note that a report waits on the disk."""
    keep(made)
    spooled.add(str(made.report.pk))


def press(readers: list[tuple[str, str]]) -> None:
    """One report with a file; a line when a receipt came back."""
    file = File("photo.jpg", "image/jpeg", b"\xff\xd8" + os.urandom(20_000))
    story = envelopes.part(readers, [("story", b"Words."), ("file", file.to_bytes())])
    contact = envelopes.part(readers, [("contact", b"{}")])
    content = envelopes.packed({"narrative": story, "contact": contact})
    carried = Carried(language="en", page=3, answers=Answers(danger="now"))
    given = CODES.canonical() + Envelope.from_bytes(content).digest.encode()
    report_id, _digits = numbers_of(bytes.fromhex(carried.seed), given)
    form = {"carried": pack(carried, timezone.now().date()), "envelope": BytesIO(content)}
    close_old_connections()  # a web server does so around each request, and this client does not
    answer = Client(raise_request_exception=False).post("/4", form)
    if b'class="receipt"' in answer.content:
        known = {"report": str(report_id), "secret": story["secret"]}
        known["spooled"] = "yes" if str(report_id) in spooled else "no"
        with said:
            json.dump(known | {"sha": sha256(file.content).hexdigest()}, RECEIPTS)
            RECEIPTS.write("\n")
            RECEIPTS.flush()


def reporter(readers: list[tuple[str, str]]) -> None:
    """Press, press, press."""
    while not over.is_set():
        press(readers)
        time.sleep(PAUSE)


def take_in_what_waits() -> None:
    """The database is back for good: nothing may stay on the disk."""
    patience = time.monotonic() + 60
    while spool.waiting() and time.monotonic() < patience:
        try:
            replaying.replay()
        except DatabaseFault:
            connection.close()
        time.sleep(0.2)


def main() -> None:
    """Until somebody says that it is enough."""
    # A pool takes seconds to look again whether the database is back, and so does whoever looks
    # after the spool; cuts come faster here.
    del settings.DATABASES["default"]["OPTIONS"]["pool"]
    settings.DATABASES["default"]["CONN_MAX_AGE"] = None
    spool.put = put
    if "synchronous_commit" in sys.argv:  # the roles have it on, whatever the server says
        settings.DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"
    if "spool" in sys.argv:
        mock.patch.object(os, "fsync").start()
    replaying.EVERY_SECONDS = PAUSE
    replaying.keep_replaying()
    readers = envelopes.keys_of(CODES)
    connection.close()
    reporters = [Thread(target=reporter, args=[readers], daemon=True) for _ in range(AT_ONCE)]
    for each in reporters:
        each.start()
    sys.stdin.readline()
    over.set()
    for each in reporters:
        each.join(60)
    take_in_what_waits()


main()
