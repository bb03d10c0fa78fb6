"""The data directory of one installation: what lies where, and who may look."""

from dataclasses import dataclass
from pathlib import Path

PRIVATE = 0o700
VISIBLE = 0o755  # PostgreSQL runs as a user of its own and passes through here to its cluster


@dataclass(frozen=True, slots=True)
class Place:
    """An installation's data directory. Everything outside the database lies in it."""

    data: Path

    @property
    def secrets(self) -> Path:
        """One small file a key; only the installation's own user may read here."""
        return self.data / "secrets"

    @property
    def logs(self) -> Path:
        """What the processes write. No line holds an address, a path or a word that was sent."""
        return self.data / "logs"

    @property
    def postgres(self) -> Path:
        """The embedded PostgreSQL, unless `postgres.location` names another directory."""
        return self.data / "postgres"

    @property
    def officers(self) -> Path:
        """How the invented officers sign in; missing outside a demonstration."""
        return self.data / "demo" / "officers.json"

    @property
    def recovery_shares(self) -> Path:
        """The shares of a demonstration's recovery key. A country's lie on paper, elsewhere."""
        return self.data / "demo" / "recovery-shares"

    @property
    def backup_recipients(self) -> Path:
        """Further age recipients of every backup, one a line; the recovery key always is one."""
        return self.data / "backup-recipients"

    @property
    def tombstones(self) -> Path:
        """What was erased, so that an older backup cannot bring it back."""
        return self.data / "tombstones"

    @property
    def restoring(self) -> Path:
        """There while a backup is being restored, and when that was cut off."""
        return self.data / "restoring"

    @property
    def up_lock(self) -> Path:
        """Held while `up` runs; says where its sites are."""
        return self.data / "up.lock"

    @property
    def starting_lock(self) -> Path:
        """Held by whoever starts, prepares or stops this installation."""
        return self.data / "starting.lock"

    @property
    def users_lock(self) -> Path:
        """Shared by everybody who uses the embedded PostgreSQL: the last one out stops it."""
        return self.data / "postgres-users.lock"

    @property
    def prepared(self) -> Path:
        """Which tables and policies the database was last prepared with."""
        return self.data / "prepared"

    @property
    def rights(self) -> Path:
        """What the database let whom do when it was prepared, as one number."""
        return self.data / "rights"

    @property
    def kind(self) -> Path:
        """Whether this installation holds invented people; decided by the first `up`."""
        return self.data / "kind"

    def log(self, name: str) -> Path:
        """The log of one process."""
        return self.logs / f"{name}.log"

    def make(self) -> None:
        """Make what is missing. A directory that was there keeps its mode."""
        if not self.data.exists():
            self.data.mkdir(parents=True)
            self.data.chmod(VISIBLE)
        for private in (self.secrets, self.logs):
            private.mkdir(mode=PRIVATE, exist_ok=True)
            private.chmod(PRIVATE)
