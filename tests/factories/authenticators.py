"""A passkey in software: what a browser answers when it is asked for one (WebAuthn, ES256)."""

import hmac
import json
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_bytes

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from himaya.accounts.passkeys import bytes_of, text_of

MODEL = bytes(range(16))  # the AAGUID: which device it is
Flag = AuthenticatorData.FLAG


@dataclass
class SoftPasskey:
    """One passkey of one site. verified: whether its owner showed finger, face or PIN."""

    origin: str = "http://localhost"
    host: str = "localhost"
    verified: bool = True
    counter: int = 0
    id: bytes = field(default_factory=lambda: token_bytes(32))
    owner: bytes = b""
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    secret: bytes = field(default_factory=lambda: token_bytes(32))

    def make(self, asked: str) -> str:
        """The answer to the question that makes it."""
        options = json.loads(asked)
        self.owner = bytes_of(options["user"]["id"])
        public = ES256.from_cryptography_key(self.key.public_key())
        data = AttestedCredentialData.create(MODEL, self.id, public)
        attested = AttestationObject.create("none", self._data(Flag.AT, data), {})
        return self._answer(
            clientDataJSON=self._client_data("webauthn.create", options),
            attestationObject=bytes(attested),
        )

    def show(self, asked: str) -> str:
        """The answer to a question of signing in, of confirming, or of unlocking."""
        self.counter += 1
        client_data = self._client_data("webauthn.get", json.loads(asked))
        data = bytes(self._data(Flag(0), b""))
        signed = self.key.sign(data + sha256(client_data).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            clientDataJSON=client_data,
            authenticatorData=data,
            signature=signed,
            userHandle=self.owner,
        )

    def derive(self, asked: str) -> str:
        """What it derives from the salt in the question (PRF)."""
        salts = json.loads(asked)["extensions"]["prf"]["evalByCredential"]
        salt = bytes_of(salts[text_of(self.id)]["first"])
        return text_of(hmac.digest(self.secret, b"WebAuthn PRF\x00" + salt, sha256))

    def _data(self, more: Flag, attested: bytes) -> AuthenticatorData:
        flags = Flag.UP | more | (Flag.UV if self.verified else Flag(0))
        host = sha256(self.host.encode()).digest()
        return AuthenticatorData.create(host, flags, self.counter, attested)

    def _client_data(self, kind: str, options: dict[str, object]) -> bytes:
        said = {"type": kind, "challenge": options["challenge"], "origin": self.origin}
        return json.dumps(said).encode()

    def _answer(self, **parts: bytes) -> str:
        response = {name: text_of(part) for name, part in parts.items()}
        name = text_of(self.id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})
