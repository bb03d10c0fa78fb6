"""Which tables, and which of their columns, the ledger vouches for."""

from django.apps import apps
from django.db.models import Model


def recorded(model: type[Model]) -> bool:
    """True when every row of the model's table must be known to the ledger.

    A model whose rows change without an act says so, and why, in an attribute `unrecorded`.
    """
    ours = model.__module__.startswith("himaya.")
    return ours and model._meta.app_label != "audit" and not getattr(model, "unrecorded", "")


def recorded_models() -> list[type[Model]]:
    """Every model whose rows the ledger vouches for, in the order of their tables."""
    return sorted(filter(recorded, apps.get_models()), key=lambda model: model._meta.db_table)


def recorded_columns(model: type[Model]) -> list[str]:
    """The columns of a model that change by recorded acts only, its key first.

    The others a model names in `unrecorded_columns`.
    """
    left_out = getattr(model, "unrecorded_columns", ())
    columns = [str(field.column) for field in model._meta.concrete_fields]
    return [column for column in columns if column not in left_out]
