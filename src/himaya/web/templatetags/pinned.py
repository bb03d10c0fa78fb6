"""A script of ours, under the digest of its bytes: the browser runs these bytes or nothing."""

from base64 import b64encode
from functools import cache
from hashlib import sha384
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

register = template.Library()


@register.simple_tag
def integrity(name: str) -> str:
    """The digest of a static file as it is served, for the tag's attribute of that name."""
    return _digest(name)


@cache
def _digest(name: str) -> str:
    # Served files carry their hash in their name, and so in the names that they mention.
    served = getattr(staticfiles_storage, "stored_name", str)(name)
    kept = Path(staticfiles_storage.path(served))
    found = kept if kept.exists() else Path(str(finders.find(name)))
    return "sha384-" + b64encode(sha384(found.read_bytes()).digest()).decode()
