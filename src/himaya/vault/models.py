"""Keys and what is sealed under them. Private keys stand here only under seal."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DeskEpoch(models.Model):
    """A desk's key pair for a while. Proposed, then signed and in force, then closed.

    mac: under a key outside the database, so that a planted proposal is never signed. signature:
    the registrar's, so that a swapped key is refused; until then the epoch is only proposed. One
    that is closed and was never opened was replaced before the registrar came to it. resealed_at:
    every compartment that goes on has since begun an epoch of its own under the desk's next key.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    desk = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    public_key = models.CharField(max_length=80)
    mac = models.BinaryField()
    signature = models.BinaryField(null=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    resealed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="vault_desk_epoch_number", fields=["desk", "number"]),
            models.UniqueConstraint(
                name="vault_one_open_epoch_a_desk",
                fields=["desk"],
                condition=Q(closed_at__isnull=True, opened_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="vault_one_proposal_a_desk",
                fields=["desk"],
                condition=Q(closed_at__isnull=True, opened_at__isnull=True),
            ),
            models.CheckConstraint(
                name="vault_epoch_opens_when_signed",
                condition=Q(opened_at__isnull=True, signature__isnull=True)
                | Q(opened_at__isnull=False, signature__isnull=False),
            ),
        ]


class MemberKey(models.Model):
    """An officer's own key pair; the private key is sealed under their passphrase (Argon2id).

    mac: over officer and public key, under a key outside the database.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    officer = models.OneToOneField("accounts.Officer", on_delete=models.PROTECT, related_name="+")
    public_key = models.CharField(max_length=80)
    mac = models.BinaryField()
    salt = models.BinaryField()
    sealed = models.BinaryField()


class MemberWrap(models.Model):
    """A desk's private key, sealed to one member."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    epoch = models.ForeignKey(DeskEpoch, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey("accounts.Officer", on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="vault_one_wrap_a_member", fields=["epoch", "officer"]),
        ]


class RecoveryKey(models.Model):
    """The key that can open every desk's epochs. Its private half exists only as word shares.

    signing_key: Ed25519, hexadecimal, grown from the same secret: what its custodians sign with.
    opens_with: how many of the shares open it. bodies: codes of the agencies that keep one each.
    signature: the registrar's over `recovery_key_statement`, so that a swapped one is refused.
    Made by `himaya keys ceremony`; the next ceremony retires it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(unique=True)
    public_key = models.CharField(max_length=80)
    signing_key = models.CharField(max_length=64)
    opens_with = models.PositiveSmallIntegerField()
    bodies = models.TextField()
    signature = models.BinaryField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="vault_one_recovery_key_in_force",
                fields=["retired_at"],
                condition=Q(retired_at__isnull=True),
                nulls_distinct=False,
            ),
        ]


class RecoveryWrap(models.Model):
    """A desk's private key of one epoch, sealed to the recovery key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    epoch = models.ForeignKey(DeskEpoch, on_delete=models.PROTECT, related_name="+")
    recovery_key = models.ForeignKey(RecoveryKey, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="vault_one_recovery_wrap", fields=["epoch", "recovery_key"]
            ),
        ]


class Unlock(models.Model):
    """A member key while its officer works, sealed under a secret that only the cookie holds."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    officer = models.ForeignKey("accounts.Officer", on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    expires_at = models.DateTimeField()

    unrecorded = "an opened key, sealed under a cookie: it comes and goes within the half-hour"


class PasskeyWrap(models.Model):
    """An officer's private key, sealed under what one of their passkeys derives (WebAuthn PRF).

    credential: the passkey's id. salt: what it derives from. It opens the same key as the
    passphrase does, and goes with the passkey.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    officer = models.ForeignKey("accounts.Officer", on_delete=models.PROTECT, related_name="+")
    credential = models.BinaryField()
    salt = models.BinaryField()
    sealed = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="vault_one_wrap_a_passkey", fields=["officer", "credential"]
            ),
        ]


class Readmission(models.Model):
    """A new key of an officer who lost their passphrase. It counts when two others have agreed.

    Made by the officer; takes the place of their old key when a colleague of the desk vouches and
    a second person of another body allows it. done_at: when it did.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    officer = models.ForeignKey("accounts.Officer", on_delete=models.PROTECT, related_name="+")
    public_key = models.CharField(max_length=80)
    mac = models.BinaryField()
    salt = models.BinaryField()
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="vault_one_readmission_waits",
                fields=["officer"],
                condition=Q(done_at__isnull=True),
            ),
        ]


class Compartment(models.Model):
    """What one circle of readers may open of one report or case.

    Ends shredded: its grants are gone, its content is emptied, and nothing is sealed to it again.
    """

    class Kind(models.TextChoices):
        NARRATIVE = "narrative", _("What was reported")
        CONTACT = "contact", _("How to reach the person safely")
        INFORMANT = "informant", _("Who reported it")
        INFORMANT_LOCK = "informant_lock", _("The second lock on who reported it")
        IDENTITY = "identity", _("Name and documents")
        SCREENING = "screening", _("What the person said in the interview")
        NEEDS = "needs", _("Needs and wishes")
        HEALTH = "health", _("Health")
        COUNSELLING = "counselling", _("Counselling")
        LEGAL = "legal", _("Legal matters")
        SHELTER = "shelter", _("Shelter and care")
        REFERRAL = "referral", _("What the two desks tell each other")
        FILE = "file", _("Prosecution file")
        CONSENT = "consent", _("What the person allowed, and who was there")
        TASK = "task", _("What officers were asked to do")
        DECISION = "decision", _("What was weighed for a decision")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=16, choices=Kind)
    subject_id = models.UUIDField(db_index=True)
    made_at = models.DateTimeField()
    shredded_at = models.DateTimeField(null=True)


class CompartmentEpoch(models.Model):
    """A compartment's key pair for a while. mac: under a key outside the database."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    compartment = models.ForeignKey(Compartment, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    public_key = models.CharField(max_length=80)
    mac = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="vault_compartment_epoch_number", fields=["compartment", "number"]
            ),
        ]


class Grant(models.Model):
    """A compartment's private key, sealed to a desk. The grants are the access control list."""

    class Reason(models.TextChoices):
        RECEIVED = "received", _("The desk received the report")
        ESCALATION = "escalation", _("The desk takes over when the first one is silent")
        CASE = "case", _("The desk leads the case")
        CONSENT = "consent", _("The person agreed")
        LEGAL_BASIS = "legal_basis", _("A law requires it")
        AUTHOR = "author", _("The desk wrote it")
        CUSTODY = "custody", _("The desk keeps it under seal for others")
        SECOND_DESK = "second_desk", _("A second desk agreed, for a time")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    compartment = models.ForeignKey(Compartment, on_delete=models.PROTECT, related_name="+")
    epoch = models.ForeignKey(CompartmentEpoch, on_delete=models.PROTECT, related_name="+")
    desk = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    desk_epoch = models.ForeignKey(DeskEpoch, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    reason = models.CharField(max_length=16, choices=Reason)
    basis_id = models.UUIDField(null=True)
    granted_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    dormant = models.BooleanField(default=False)

    class Meta:
        constraints = [
            # A desk may be given at once what it would else take over: one awake, one asleep; and
            # one for each basis, so that the end of one leaves what rests on another.
            models.UniqueConstraint(
                name="vault_one_grant_a_basis",
                fields=["epoch", "desk", "dormant", "basis_id"],
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(name="vault_grant_by_compartment", fields=["compartment", "desk"]),
            models.Index(
                name="vault_grant_by_end", fields=["until"], condition=Q(until__isnull=False)
            ),
        ]


class Escalation(models.Model):
    """The dormant grant of this desk is awake: for good, or until a moment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    compartment = models.ForeignKey(Compartment, on_delete=models.PROTECT, related_name="+")
    desk = models.ForeignKey("agencies.Desk", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="vault_overtaken_once",
                fields=["compartment", "desk"],
                condition=Q(until__isnull=True),
            ),
        ]
        indexes = [models.Index(name="vault_woken", fields=["compartment", "desk"])]


class Sealed(models.Model):
    """One sealed thing in a compartment: an age file of the padded content.

    name: which field it is, a code such as `story`; never words of the content.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    compartment = models.ForeignKey(Compartment, on_delete=models.PROTECT, related_name="+")
    epoch = models.ForeignKey(CompartmentEpoch, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    content = models.BinaryField()
    sealed_at = models.DateTimeField()


class BlindToken(models.Model):
    """A name, a document, a telephone number or a day of birth that a compartment holds, as keyed
    hashes: of what was written, and of the marks by which it is like other ways of writing it.

    token: HMAC under a key outside the database. No role of a process reads this table; functions
    of the role `himaya_tokens` do. Goes with its compartment when that is shredded.
    """

    class Domain(models.TextChoices):
        NAME = "name", _("Name")
        DOCUMENT = "document", _("Number of a passport or another document")
        PHONE = "phone", _("Telephone number")
        BIRTH = "birth", _("Day of birth")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    compartment = models.ForeignKey(Compartment, on_delete=models.PROTECT, related_name="+")
    domain = models.CharField(max_length=8, choices=Domain)
    token = models.BinaryField()

    unrecorded = (
        "only himaya_tokens may read it; it is made again from the identities it stands for"
    )

    class Meta:
        indexes = [models.Index(name="vault_token_asked", fields=["domain", "token"])]


class TokenUse(models.Model):
    """An officer asked by a token: counted, so that nobody can ask for a whole list of names."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    officer_id = models.UUIDField()
    at = models.DateTimeField()

    unrecorded = (
        "a count for the limit of an hour; what was asked, and why, is an act of the ledger"
    )

    class Meta:
        indexes = [models.Index(name="vault_token_uses", fields=["officer_id", "at"])]
