"""What was noted of a call, under keys: anybody seals it, whoever has the caller opens it."""

import pyrage

from himaya.hotline.errors import CallOver
from himaya.hotline.models import Draft, Handover
from himaya.kernel.access import Actor
from himaya.vault.errors import NoKey
from himaya.vault.keyring import Keyring
from himaya.vault.keys import check_desk_key, check_member_key
from himaya.vault.models import MemberKey, MemberWrap
from himaya.vault.padding import unpad
from himaya.vault.queries import key_of_desk
from himaya.vault.seal import sealed_to


def sealed_for(actor: Actor, content: bytes, offered: Handover | None = None) -> bytes:
    """The content for the operator alone; while the call waits, for the desk that was asked too.

    Needs no private key: what is noted is kept also when the operator's own is locked meanwhile.
    Raises NoKey when a key is missing, and KeyNotTrusted when it is not the one that was made.
    """
    own = MemberKey.objects.filter(officer=actor.officer_id).first()
    if own is None:
        raise NoKey(officer=actor.officer_id)
    check_member_key(own)
    keys = [own.public_key]
    if offered is not None:
        desk = key_of_desk(offered.desk_id)
        check_desk_key(desk)
        keys.append(desk.public_key)
    return sealed_to(keys, content)


def opened_by_operator(keyring: Keyring, draft: Draft) -> bytes:
    """What the operator sealed to themselves. Raises CallOver when it is no longer theirs."""
    return _plain(draft, [keyring.identity])


def opened_by_desk(keyring: Keyring, draft: Draft, handover: Handover) -> bytes:
    """What was sealed to the desk that was asked, for one who sits there and holds its key.

    Raises NoKey when they hold none.
    """
    wraps = MemberWrap.objects.filter(epoch__desk=handover.desk_id, officer_id=keyring.officer_id)
    opened = [unpad(pyrage.decrypt(bytes(wrap.sealed), [keyring.identity])) for wrap in wraps]
    if not opened:
        raise NoKey(desk=handover.desk_id)
    return _plain(draft, [pyrage.x25519.Identity.from_str(each.decode()) for each in opened])


def _plain(draft: Draft, identities: list[pyrage.x25519.Identity]) -> bytes:
    try:
        return unpad(pyrage.decrypt(bytes(draft.sealed), identities))
    except pyrage.DecryptError as no:
        raise CallOver(call=draft.call_id) from no
