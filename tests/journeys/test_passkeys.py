"""Passkeys in a real browser, with a key in software that the browser takes for a telephone's."""

import pytest
from playwright.sync_api import Browser, CDPSession

from tests.journeys.people import Person, totp
from tests.journeys.service import Service

# Officers whom no other journey signs in: a code counts once in each half minute.
WORKERS = {"en": "case_worker@mosa_casework", "ar": "second_case_worker@mosa_casework"}
KEY = {
    "protocol": "ctap2",
    "ctap2Version": "ctap2_1",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
ASK = "form[data-passkey] button"


class Holder(Person):
    """An officer at a browser that has a passkey of its own, able to derive secrets or not."""

    def __init__(
        self, browser: Browser, service: Service, language: str, *, derives: bool, phone: bool
    ) -> None:
        super().__init__(browser, service.officers, language, phone=phone)
        self.known = service.credentials(WORKERS[language])
        self.devtools: CDPSession = self.context.new_cdp_session(self.page)
        self.devtools.send("WebAuthn.enable")
        options = {"options": {**KEY, "hasPrf": derives}}
        made = self.devtools.send("WebAuthn.addVirtualAuthenticator", options)
        self.authenticator: str = made["authenticatorId"]

    def sign_in(self) -> None:
        """With passphrase and code."""
        self.goto("/login")
        self.fill(login=self.known["username"], password=self.known["passphrase"])
        self.send()
        self.fill(code=totp(self.known["totp_secret"]))
        self.send()
        assert self.path() == "/"

    def sign_out(self) -> None:
        """And whatever was open is shut."""
        self.click("form[action='/logout'] button")

    def use_passkey(self, leads_to: str) -> None:
        """Press the button; the browser asks the key, and the page goes on by itself."""
        self.page.locator(ASK).click()
        self.page.wait_for_url(f"{self.site}{leads_to}")
        self.look()

    def add_passkey(self, name: str) -> None:
        """On the officer's own page, right after signing in."""
        self.goto("/security")
        self.click("a[href='/security/passkeys/add']")
        self.fill(name=name)
        self.use_passkey("/security")
        assert name in self.text()

    def let_it_unlock(self) -> None:
        """Ask the key to derive, once unlocked with the passphrase."""
        self.click("a[href$='/unlocking']")
        self.fill(passphrase=self.known["passphrase"])
        self.send()
        self.page.locator(ASK).click()


@pytest.mark.parametrize(("language", "phone"), [("en", False), ("ar", True)])
def test_an_officer_comes_in_and_unlocks_with_a_passkey(
    service: Service, browser: Browser, language: str, phone: bool
) -> None:
    officer = Holder(browser, service, language, derives=True, phone=phone)
    officer.sign_in()
    officer.add_passkey("work telephone")
    officer.let_it_unlock()
    officer.page.wait_for_url(f"{officer.site}/security")
    officer.look()
    officer.sign_out()

    officer.goto("/login?next=/cases/")
    officer.click("main a[href^='/login/passkey']")
    officer.use_passkey("/cases/")
    locked = officer.page.locator(".lock:not(.unlocked)").count()
    officer.goto("/unlock?next=/cases/")
    officer.click("button[formaction='/unlock/passkey']")
    officer.use_passkey("/cases/")

    assert locked == 1, "signing in does not unlock"
    assert officer.page.locator(".lock.unlocked").count() == 1
    assert officer.origins == {officer.site.removeprefix("http://")}
    codes = _look_round(officer)
    _confirm_after_a_recovery_code(officer, codes[0])
    _show_the_wrong_finger(officer)


def _look_round(officer: Holder) -> list[str]:
    """Every page of the officer's own sign-in is looked at. Returns new recovery codes."""
    officer.goto("/security/generator")
    officer.goto("/security/passphrase")
    officer.goto("/security")
    officer.click("a[href$='/rename']")
    officer.goto("/security")
    officer.click("form[action='/security/recovery-codes'] button")
    codes: list[str] = officer.page.locator("ol bdi").all_inner_texts()
    assert len(codes) == 10
    return codes


def _confirm_after_a_recovery_code(officer: Holder, code: str) -> None:
    """A recovery code signs in, and a dangerous page still asks for more."""
    officer.sign_out()
    officer.goto("/login")
    officer.fill(login=officer.known["username"], password=officer.known["passphrase"])
    officer.send()
    officer.fill(code=code)
    officer.send()
    officer.goto("/security/passphrase")
    assert officer.page.locator("[name=present]").count() == 0
    officer.page.locator(ASK).click()
    officer.page.locator("[name=present]").wait_for()
    officer.look()


def _show_the_wrong_finger(officer: Holder) -> None:
    """The page says that nothing came. Last, because the key is blocked from then on."""
    officer.goto("/unlock/passkey")
    which = {"authenticatorId": officer.authenticator, "isUserVerified": False}
    officer.devtools.send("WebAuthn.setUserVerified", which)
    officer.page.locator(ASK).click()
    officer.page.locator("[data-failed]").wait_for()
    officer.look()


def test_a_browser_that_derives_nothing_is_told_and_signs_in_all_the_same(
    service: Service, browser: Browser
) -> None:
    officer = Holder(browser, service, "en", derives=False, phone=False)
    officer.known = service.credentials("shelter_worker@pam_shelter_men")
    officer.sign_in()
    officer.add_passkey("plain key")

    officer.let_it_unlock()
    officer.page.get_by_text("cannot open keys").wait_for()
    officer.look()
    officer.sign_out()
    officer.goto("/login/passkey")
    officer.use_passkey("/")


def test_without_script_passphrase_and_code_remain(service: Service, browser: Browser) -> None:
    officer = Person(browser, service.officers, "en", script=False)
    known = service.credentials("intake_officer@pp_intake")

    officer.goto("/login/passkey")
    told = officer.text()
    officer.goto("/login")
    officer.fill(login=known["username"], password=known["passphrase"])
    officer.send()
    officer.fill(code=totp(known["totp_secret"]))
    officer.send()

    assert "use your passphrase and a code" in told
    assert officer.page.locator(ASK).count() == 0
    assert officer.path() == "/"
