"""Passkeys (WebAuthn): making one, and asking for one. Each must verify its officer itself, by
finger, face or PIN, so it is both factors at once.

Of a passkey only its id, its public key and a counter are kept, under the name its officer gave.
"""

import json
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from fido2.cose import ES256, RS256, CoseKey, EdDSA
from fido2.server import Fido2Server
from fido2.webauthn import (
    Aaguid,
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialParameters,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from himaya.accounts.errors import WrongPasskey
from himaya.accounts.models import Officer

ASKED = "passkey_asked"
KINDS: tuple[type[CoseKey], ...] = (ES256, EdDSA, RS256)
VERIFIED = UserVerificationRequirement.REQUIRED
# What reading an answer that no browser made may end with.
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, IndexError, struct.error)


class Purpose(StrEnum):
    """What a passkey is asked for; an answer to one question is none to another."""

    MAKE = "make"
    SIGN_IN = "sign_in"
    SECOND_FACTOR = "second_factor"
    STEP_UP = "step_up"
    UNLOCK = "unlock"
    LET_UNLOCK = "let_unlock"


def passkeys_of(officer: Officer) -> QuerySet[Authenticator]:
    """The officer's passkeys, oldest first."""
    own: QuerySet[Authenticator] = Authenticator.objects.filter(
        user=officer, type=Authenticator.Type.WEBAUTHN
    )
    return own.order_by("created_at", "pk")


def id_of(passkey: Authenticator) -> bytes:
    """The id by which the browser knows a passkey."""
    return bytes(_public_part(passkey).credential_id)


def text_of(raw: bytes) -> str:
    """Bytes as WebAuthn writes them in text."""
    return urlsafe_b64encode(raw).decode().rstrip("=")


def bytes_of(text: str) -> bytes:
    """What `text_of` wrote. Raises ValueError for anything else."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def ask_to_make(request: HttpRequest, officer: Officer) -> str:
    """What the browser is asked so that it makes a passkey for this officer, as JSON."""
    options, state = _server(request).register_begin(
        PublicKeyCredentialUserEntity(
            id=officer.pk.bytes, name=officer.username, display_name=officer.username
        ),
        [_public_part(one) for one in passkeys_of(officer)],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=VERIFIED,
        extensions={"prf": {}},
    )
    return _asked(request, Purpose.MAKE, options, state)


def made(request: HttpRequest, answer: str) -> dict[str, object]:
    """What to keep of the passkey that the browser made. Raises WrongPasskey."""
    try:
        state = _state(request, Purpose.MAKE)
        found = _server(request).register_complete(state, _read(answer))
        key = found.credential_data
        if key is None or not isinstance(key.public_key, KINDS):
            raise WrongPasskey
    except UNREADABLE as wrong:
        raise WrongPasskey from wrong
    # The model of the device stays unknown here.
    kept = AttestedCredentialData.create(Aaguid.NONE, key.credential_id, key.public_key)
    return {"key": text_of(kept), "counter": found.counter}


def ask(
    request: HttpRequest,
    purpose: Purpose,
    passkeys: Collection[Authenticator] = (),
    extensions: Mapping[str, object] | None = None,
) -> str:
    """What the browser is asked so that it shows one of these passkeys, as JSON.

    Without any, the browser offers those it has for this site.
    """
    options, state = _server(request).authenticate_begin(
        [_public_part(one) for one in passkeys], VERIFIED, extensions=extensions
    )
    return _asked(request, purpose, options, state)


def shown(
    request: HttpRequest,
    purpose: Purpose,
    answer: str,
    at: datetime,
    officer: Officer | None = None,
) -> Authenticator:
    """The passkey that was shown: of this officer, or of whoever it belongs to.

    Raises WrongPasskey unless it answers the question asked last in this session, for this purpose,
    with a counter that went on: a copied passkey is found by the copy that comes second.
    """
    try:
        state = _state(request, purpose)
        read = _read(answer)
        response = AuthenticationResponse.from_dict(read)
        candidates = passkeys_of(officer or _owner(response)).select_for_update()
        keys = {id_of(one): one for one in candidates}
        key = _server(request).authenticate_complete(
            state, [_public_part(one) for one in candidates], read
        )
    except UNREADABLE as wrong:
        raise WrongPasskey from wrong
    passkey = keys[bytes(key.credential_id)]
    counter = response.response.authenticator_data.counter
    if counter <= passkey.data["counter"] and (counter or passkey.data["counter"]):
        raise WrongPasskey
    passkey.data["counter"] = counter
    passkey.last_used_at = at
    passkey.save(update_fields=["data", "last_used_at"])
    return passkey


def _server(request: HttpRequest) -> Fido2Server:
    host = request.get_host().partition(":")[0]
    server = Fido2Server(PublicKeyCredentialRpEntity(id=host, name=gettext("Himaya")))
    server.allowed_algorithms = [
        PublicKeyCredentialParameters(type=PublicKeyCredentialType.PUBLIC_KEY, alg=kind.ALGORITHM)
        for kind in KINDS
    ]
    return server


def _asked(
    request: HttpRequest, purpose: Purpose, options: Mapping[str, object], state: object
) -> str:
    request.session[ASKED] = {"purpose": purpose.value, "state": state}
    return json.dumps(dict(options)["publicKey"])


def _state(request: HttpRequest, purpose: Purpose) -> dict[str, str]:
    """What was asked last, once only. Raises KeyError or ValueError when it was something else."""
    asked = request.session.pop(ASKED)
    if asked["purpose"] != purpose:
        raise ValueError(purpose)
    state: dict[str, str] = asked["state"]
    return state


def _read(answer: str) -> dict[str, object]:
    read = json.loads(answer)
    if not isinstance(read, dict):
        raise TypeError(read)
    return read


def _owner(response: AuthenticationResponse) -> Officer:
    handle = response.response.user_handle
    officer = Officer.objects.filter(pk=UUID(bytes=handle), is_active=True).first()
    if officer is None:
        raise ValueError(handle)
    return officer


def _public_part(passkey: Authenticator) -> AttestedCredentialData:
    return AttestedCredentialData(bytes_of(passkey.data["key"]))
