"""Officers who can sign in: with a passphrase, a code generator, and a key of their own."""

import base64
import hmac
import struct
import time
from uuid import uuid4

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.test import Client

from himaya.accounts.models import Membership, Officer
from himaya.accounts.roles import ROLES
from himaya.agencies.models import Agency, Desk
from himaya.kernel.access import job
from himaya.vault.enrol import give_member_key
from tests.factories.moments import NOON

PASSPHRASE = "a passphrase of signing in"
UNLOCKING = "a passphrase of the key"
SECRET = "JBSWY3DPEHPK3PXP"


def make_officer(role: str = "case_worker", *, second_factor: bool = True) -> Officer:
    """An officer of one role, at a desk of their own if such an officer sits at one."""
    code = uuid4().hex[:12]
    agency = Agency.objects.create(code=code, kind="government", label_en="Agency", label_ar="جهة")
    desk = Desk.objects.create(
        agency=agency,
        code=code,
        kind=Desk.Kind.HOTLINE if role == "hotline_operator" else Desk.Kind.CASEWORK,
        label_en="First desk",
        label_ar="المكتب الأول",
    )
    officer = Officer(username=f"{role}-{code}", agency=agency, roles=[role])
    officer.set_password(PASSPHRASE)
    officer.save()
    if ROLES[role].seated:
        Membership.objects.create(officer=officer, desk=desk)
    if second_factor:
        data = {"secret": get_adapter().encrypt(SECRET)}
        Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data=data)
    return officer


def give_key(officer: Officer) -> None:
    """Give the officer a key of their own."""
    give_member_key(actor=job("tests"), officer_id=officer.pk, passphrase=UNLOCKING, at=NOON)


def signed_in(officer: Officer, **options: object) -> Client:
    """A browser in which the officer has signed in."""
    client = Client(**options)
    client.force_login(officer)
    return client


def code_now(secret: str = SECRET) -> str:
    """What the code generator shows: RFC 6238, SHA-1, 30 seconds, six digits."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    at = digest[-1] & 15
    number = struct.unpack(">I", digest[at : at + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06d}"
