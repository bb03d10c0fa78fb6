"""The ledger's tables: what waits to be numbered, what is numbered, and the signed heads."""

import uuid

from django.db import models


class Act(models.Model):
    """One act or one read, as it is recorded. Codes and ids only; never a name or a word said.

    facts: canonical JSON of codes. rows: canonical JSON of the digests of the rows that changed.
    mac: HMAC-SHA256 of all the other fields under a key outside the database.
    """

    id = models.UUIDField(default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    act = models.CharField(max_length=64)
    actor_kind = models.CharField(max_length=8)
    actor_name = models.CharField(max_length=32)
    actor_id = models.UUIDField(null=True)
    desk_id = models.UUIDField(null=True)
    subject_id = models.UUIDField(null=True)
    purpose = models.CharField(max_length=64)
    facts = models.TextField()
    rows = models.TextField()
    mac = models.BinaryField()

    class Meta:
        abstract = True


class Arrival(models.Func):
    """The order in which pending acts were written, kept by an identity column of the table.

    Not the order of `at`: of two acts on one row, the second may have begun first and waited for
    the lock. Not a field: the reporters' role may insert here and read nothing back.
    """

    template = "arrived"
    output_field = models.BigIntegerField()


class Pending(Act):
    """An act that its own transaction has committed and the sequencer has not numbered yet."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)


class Entry(Act):
    """A numbered act. leaf = SHA-256(salt ‖ the act): what the tree publishes, never the act."""

    index = models.BigIntegerField(primary_key=True)
    salt = models.BinaryField()
    leaf = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="audit_entry_numbered_once", fields=["id"]),
        ]
        indexes = [
            models.Index(name="audit_entry_by_subject", fields=["subject_id", "index"]),
            models.Index(name="audit_entry_by_actor", fields=["actor_id", "index"]),
            models.Index(
                name="audit_entry_beginnings",
                fields=["index"],
                condition=models.Q(act="ledger.begun_anew"),
            ),
        ]


class TreeHead(models.Model):
    """Where the sequencer stands: size, and the roots of the complete subtrees, largest first."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    size = models.BigIntegerField(default=0)
    frontier = models.BinaryField(default=b"")

    class Meta:
        constraints = [
            models.CheckConstraint(name="audit_tree_head_is_one", condition=models.Q(id=1)),
        ]


class Checkpoint(models.Model):
    """A signed head of the tree, in the C2SP tlog-checkpoint form.

    When it was signed is not kept here, where nobody could tell whether it is true: the witnesses'
    co-signatures say it.
    """

    size = models.BigIntegerField(primary_key=True)
    note = models.TextField()
