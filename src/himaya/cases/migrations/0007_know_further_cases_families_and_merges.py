import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

STATUS = [
    ("none", "Not yet decided"),
    ("presumed", "Presumed victim of trafficking"),
    ("not_presumed", "No signs of trafficking found so far"),
]
CHILD = [
    ("yes", "Under 18"),
    ("no", "Adult"),
    ("unknown", "Age not known: treated as a child until assessed"),
]
DANGER = [("high", "High danger"), ("medium", "Some danger"), ("low", "Low danger")]
FURTHER = [
    ("exploited_again", "The person was exploited again"),
    ("came_back", "The person came back and asks for help again"),
    ("other_facts", "Other exploitation came to light, apart from the first"),
]
KINDS = [
    ("parent", "Parent of"),
    ("child", "Child of"),
    ("spouse", "Husband or wife of"),
    ("sibling", "Brother or sister of"),
    ("guardian", "Guardian of"),
    ("ward", "Under the guardianship of"),
    ("relative", "Another relative of"),
]
ENDED = [("mistake", "It was a mistake"), ("no_longer", "It is no longer so")]
REASONS = [
    ("reported_twice", "Two reports about the same person and the same time"),
    ("same_documents", "The documents or the name are the same"),
    ("person_said", "The person said so"),
    ("other_desk_said", "Another desk knew it"),
]


def key():
    return models.UUIDField(
        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
    )


def to(model, **options):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=model, **options
    )


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_say_who_moved_a_track")]

    operations = [
        migrations.CreateModel(
            name="FurtherCase",
            fields=[
                ("id", key()),
                ("reason", models.CharField(choices=FURTHER, max_length=16)),
                ("opened_at", models.DateTimeField()),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                    ),
                ),
                ("earlier", to("cases.case")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("case", models.F("earlier")), _negated=True),
                        name="cases_further_case_is_another",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", key()),
                ("reason", models.CharField(choices=REASONS, max_length=16)),
                ("own_status", models.CharField(blank=True, choices=STATUS, max_length=16)),
                ("own_child", models.CharField(blank=True, choices=CHILD, max_length=8)),
                ("own_danger", models.CharField(blank=True, choices=DANGER, max_length=8)),
                (
                    "own_kept_from",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                ("merged_at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                ("absorbed", to("cases.case", null=True)),
                ("absorbed_person", to("cases.person", null=True)),
                ("kept", to("cases.case", null=True)),
                ("kept_person", to("cases.person", null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("absorbed__isnull", False), ("kept__isnull", False)),
                                models.Q(("absorbed__isnull", True), ("kept__isnull", True)),
                                _connector="OR",
                            ),
                            models.Q(
                                models.Q(
                                    ("absorbed_person__isnull", False),
                                    ("kept_person__isnull", False),
                                ),
                                models.Q(
                                    ("absorbed_person__isnull", True),
                                    ("kept_person__isnull", True),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("kept__isnull", False),
                                ("kept_person__isnull", False),
                                _connector="OR",
                            ),
                        ),
                        name="cases_merge_joins_cases_or_persons",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("absorbed__isnull", False), ("undone_at__isnull", True)),
                        fields=("absorbed",),
                        name="cases_one_merge_holds",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonLink",
            fields=[
                ("id", key()),
                ("kind", models.CharField(choices=KINDS, max_length=8)),
                ("kept_apart", models.BooleanField()),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_because", models.CharField(blank=True, choices=ENDED, max_length=12)),
                ("person", to("cases.person")),
                ("relative", to("cases.person")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("relative")), _negated=True),
                        name="cases_link_joins_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_because", "")),
                            models.Q(
                                ("ended_at__isnull", False),
                                models.Q(("ended_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="cases_link_ended_whole",
                    ),
                ],
            },
        ),
    ]
