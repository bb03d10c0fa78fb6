"""How officers come in, in a browser: proposed, allowed, with a paper, admitted."""

import base64
import hmac
import re
import struct
import time

from tests.journeys.people import Person, totp

PASSPHRASE = "velvet acorn turbine sleet"
TOKEN = re.compile(r"[0-9A-HJKMNP-TV-Z]{5}(?:-[0-9A-HJKMNP-TV-Z]{5}){4}")


def asks(personnel: Person, username: str, role: str, desk: str) -> str:
    """The personnel officer proposes a colleague; returns the address of the proposal."""
    personnel.goto("/officers/")
    personnel.click("main a[href='/officers/new']")
    personnel.fill(username=username)
    personnel.choose(roles=role, desks=desk)
    personnel.send()
    assert personnel.path().startswith("/officers/asked/"), personnel.text()
    return personnel.path()


def allows(other: Person, username: str) -> None:
    """The other body's officer finds it on their day, looks at it, and allows it."""
    other.goto("/")
    other.click("main a[href^='/two-person/']")
    other.click("main a[href^='/officers/asked/']")
    assert username in other.text()
    other.click("main a.back")
    other.click("main form[action$=approve] button")


def paper(personnel: Person, asked: str) -> str:
    """The paper for the newcomer; its token is in no address."""
    personnel.goto(asked)
    personnel.click("main form[action$=do] button")
    token = TOKEN.search(personnel.text())
    assert token, personnel.text()
    assert token.group() not in personnel.page.url
    return token.group()


def comes_in(newcomer: Person, token: str) -> None:
    """The newcomer types the token, sets everything up, and signs in."""
    newcomer.goto("/login")
    newcomer.click("main a[href='/enrol']")
    newcomer.fill(token=token.lower())
    newcomer.send()
    name = newcomer.page.locator("main strong bdi").first.inner_text()
    secret = newcomer.page.locator("main p.code").inner_text().replace(" ", "")
    newcomer.fill(passphrase=PASSPHRASE, again=PASSPHRASE, code=totp(secret))
    newcomer.send()
    assert newcomer.page.locator("main ol.code li").count() == 10
    newcomer.goto("/login")
    newcomer.fill(login=name, password=PASSPHRASE)
    newcomer.send()
    newcomer.fill(code=next_code(secret))
    newcomer.send()


def next_code(secret: str) -> str:
    """What the code generator shows in half a minute: the code of now has been used."""
    counter = struct.pack(">Q", int(time.time()) // 30 + 1)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    start = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def unlocks(officer: Person) -> None:
    """Open the officer's own key."""
    officer.goto("/unlock?next=/")
    officer.fill(passphrase=PASSPHRASE)
    officer.send()


def refused(stranger: Person, token: str) -> bool:
    """True when a token lets nobody in."""
    stranger.goto("/enrol")
    stranger.fill(token=token)
    stranger.send()
    return "does not let anybody in" in stranger.text()
