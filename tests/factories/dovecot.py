"""A real IMAP server on this machine, started for the tests: Debian's dovecot."""

import imaplib
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from himaya.config.doors import MailboxServer
from himaya.installation.ports import free_ports

ADDRESS = "post@post.example"
PASSWORD = "only-for-this-test"
SETTINGS = """
base_dir = {place}/run
state_dir = {place}/state
log_path = {place}/log
instance_name = {place}
listen = 127.0.0.1
protocols = imap
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mail_location = maildir:{place}/mail
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={place}/home
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
"""


def program() -> str | None:
    """Where dovecot is; None when it is not installed."""
    return shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@dataclass(frozen=True)
class Server:
    """A mailbox on it, and ways to put messages in and to look what is there."""

    port: int

    @property
    def settings(self) -> MailboxServer:
        """What an operator would write into `secrets/mailbox.toml`."""
        return MailboxServer(
            host="127.0.0.1",
            port=self.port,
            user="post",
            password=PASSWORD,
            address=ADDRESS,
            protection="none",
            site="https://www.example.org/",
        )

    @contextmanager
    def line(self) -> Iterator[imaplib.IMAP4]:
        """A line of our own, beside what is tested."""
        line = imaplib.IMAP4("127.0.0.1", self.port, timeout=20)
        line.login("post", PASSWORD)
        status, said = line.select("INBOX")
        assert status == "OK", said
        try:
            yield line
        finally:
            line.logout()

    def put(self, *messages: bytes) -> None:
        """Let messages arrive."""
        with self.line() as line:
            for message in messages:
                status, _said = line.append("INBOX", None, None, message)
                assert status == "OK"

    def left(self) -> int:
        """How many messages lie in the mailbox, marked or not."""
        with self.line() as line:
            return len(line.uid("SEARCH", None, "ALL")[1][0].split())

    def empty(self) -> None:
        """Take everything away."""
        with self.line() as line:
            if self.left():
                line.store("1:*", "+FLAGS.SILENT", r"(\Deleted)")
                line.expunge()


@contextmanager
def running(place: Path) -> Iterator[Server]:
    """The server, running while the block lasts, as a user that may do nothing else."""
    found = program()
    assert found is not None, "dovecot is not installed: apt-get install dovecot-imapd"
    user = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    (port,) = free_ports(1)
    for name in ("", "run", "state", "mail", "home"):
        (place / name).mkdir(exist_ok=True)
        os.chown(place / name, user.pw_uid, user.pw_gid)
    file = place / "dovecot.conf"
    group = subprocess.run(["id", "-gn", user.pw_name], capture_output=True, text=True, check=True)
    known = {"user": user.pw_name, "group": group.stdout.strip(), "uid": user.pw_uid}
    file.write_text(
        SETTINGS.format(place=place, port=port, gid=user.pw_gid, password=PASSWORD, **known)
    )
    process = subprocess.Popen([found, "-F", "-c", str(file)])
    try:
        yield _ready(Server(port), place)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def _ready(server: Server, place: Path) -> Server:
    until = time.monotonic() + 20
    while True:
        try:
            with server.line():
                return server
        except (OSError, imaplib.IMAP4.error):
            if time.monotonic() > until:
                raise AssertionError((place / "log").read_text()) from None
            time.sleep(0.1)
