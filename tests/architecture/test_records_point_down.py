"""A record names records of lower concepts only, and nothing can be reached upwards from it."""

import tomllib

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from himaya.config.env import ROOT

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]["contracts"]
LAYERS = [
    name.strip() for layer in CONTRACTS[0]["layers"] for name in layer.split("|")
]  # the top one first
OURS = [model for model in apps.get_models() if model.__module__.startswith("himaya.")]


def faults_of(model):
    """Foreign keys of a model that point up or sideways, or can be followed backwards."""
    for field in model._meta.get_fields():
        if not isinstance(field, models.ForeignKey):
            continue
        here, there = model._meta.app_label, field.related_model._meta.app_label
        if here != there and LAYERS.index(here) > LAYERS.index(there):
            yield f"{model.__name__}.{field.name} points up"
        if field.remote_field.related_name != "+":
            yield f"{model.__name__}.{field.name} can be followed backwards"
        if field.remote_field.on_delete is not models.PROTECT:
            yield f"{model.__name__}.{field.name} takes others with it"


def loose_habits_of(model):
    """What style.md forbids besides: several tables for one thing, orders nobody asked for."""
    if any(not parent._meta.abstract for parent in model._meta.parents):
        yield f"{model.__name__} is spread over several tables"
    if model._meta.ordering:
        yield f"{model.__name__} has an order nobody asked for"
    if any(isinstance(field, models.JSONField) for field in model._meta.fields):
        yield f"{model.__name__} hides facts in JSON"
    if model._meta.pk.name == "id" and not _is_ours(model._meta.pk):
        yield f"{model.__name__} has ids that can be guessed"
    if not (model.__doc__ or "").strip() or (model.__doc__ or "").startswith(model.__name__ + "("):
        yield f"{model.__name__} does not say what it is"


def _is_ours(key):
    return isinstance(key, models.UUIDField) or key.model._meta.label == "audit.TreeHead"


def test_there_are_records_to_look_at():
    assert len(OURS) > 30
    assert {model._meta.app_label for model in OURS} <= set(LAYERS)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_record_points_down_and_is_pointed_at_by_nothing_it_knows(model):
    assert list(faults_of(model)) == []


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_record_has_no_loose_habits(model):
    assert list(loose_habits_of(model)) == []


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_nothing_of_another_concept_can_be_reached_from_a_record(model):
    upwards = [
        relation.name
        for relation in model._meta.related_objects
        if relation.related_model.__module__.startswith("himaya.")
    ]

    assert upwards == []


@isolate_apps("himaya.agencies", "himaya.cases", "himaya.referrals")
def test_faults_that_were_planted_are_found():
    class Referral(models.Model):
        class Meta:
            app_label = "referrals"

    class Case(models.Model):
        """A case that knows too much."""

        id = models.UUIDField(primary_key=True)
        newest = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
        parent = models.ForeignKey("self", on_delete=models.CASCADE, related_name="children")
        facts = models.JSONField()

        class Meta:
            app_label = "cases"
            ordering = ["id"]

    class SpecialCase(Case):
        class Meta:
            app_label = "cases"

    assert list(faults_of(Case)) == [
        "Case.newest points up",
        "Case.parent can be followed backwards",
        "Case.parent takes others with it",
    ]
    assert list(loose_habits_of(Case)) == [
        "Case has an order nobody asked for",
        "Case hides facts in JSON",
    ]
    assert "SpecialCase is spread over several tables" in loose_habits_of(SpecialCase)
    assert list(loose_habits_of(Referral)) == [
        "Referral has ids that can be guessed",
        "Referral does not say what it is",
    ]
