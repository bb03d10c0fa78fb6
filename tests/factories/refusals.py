"""A rule's answer as a value, for tables."""

from collections.abc import Callable

from himaya.kernel.errors import Refusal


def refusal_of(check: Callable[..., None], *args: object, **facts: object) -> type[Refusal] | None:
    """The kind of refusal that a rule raises, or None when it lets the act pass."""
    try:
        check(*args, **facts)
    except Refusal as refusal:
        return type(refusal)
    return None
