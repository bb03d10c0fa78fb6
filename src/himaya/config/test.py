"""The tests: the officers' site on a private PostgreSQL, with keys made for the run."""

import os

from himaya.installation.keys import make_keys
from himaya.installation.scratch import make_scratch

SCRATCH = make_scratch()
(SCRATCH / "static").mkdir()
SECRETS = SCRATCH / "secrets"
SECRETS.mkdir(mode=0o700)
make_keys(SECRETS)
# Tests connect as the superuser of a private cluster, and step down with SET LOCAL ROLE where a
# role is the subject. tests/conftest.py starts the cluster and says where its socket is.
for role in ("public", "staff", "worker", "owner", "figures"):
    (SECRETS / f"dsn-{role}").write_text("dbname=himaya user=postgres", encoding="ascii")
os.environ["HIMAYA_DATA"] = str(SCRATCH)

from himaya.config.staff import *  # noqa: E402, F403 - reads the environment made above
from himaya.config.staff import DATABASES  # noqa: E402

DATABASES["default"]["ATOMIC_REQUESTS"] = True
DATABASES["default"]["OPTIONS"].pop("pool")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
