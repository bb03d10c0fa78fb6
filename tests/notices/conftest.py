"""The fixtures of this folder's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings

from himaya.installation.ports import free_ports
from tests.factories.fixtures import db, people, scene
from tests.factories.mailboxes import Mailbox

__all__ = ["db", "people", "scene"]


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A real mail server on this machine that keeps what it is handed, and the settings for it."""
    box = Mailbox()
    (port,) = free_ports(1)
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    file = Path(settings.SECRETS / "mail.toml")
    file.write_text(
        f'host = "127.0.0.1"\nport = {port}\nsender = "desk@post.example"\nprotection = "none"\n'
    )
    try:
        yield box
    finally:
        controller.stop()
        file.unlink()
