"""The way of a return: filings, windows, comments, explanations; the journal guarded.

What the first version accepted stays accepted: each newest revision becomes the current and the
accepted one of its filing, and the journal says when.
"""

from typing import Any, cast

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def carry_over(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make a filing of each place's revisions, and the head of the journal."""
    del schema_editor
    # Models as they were at this step: nobody has written down their types.
    revision_model = cast("Any", apps.get_model("desk", "Revision"))
    filing_model = cast("Any", apps.get_model("desk", "Filing"))
    line_model = cast("Any", apps.get_model("desk", "JournalLine"))
    accepted = {}
    for line in line_model.objects.filter(deed="returns.accept").order_by("number"):
        accepted[line.subject, line.detail.get("revision")] = line
    filings = {}
    for revision in revision_model.objects.order_by("form", "period", "place", "number"):
        key = (revision.form, revision.period, revision.place)
        line = accepted.get(("/".join(key), revision.number))
        if line is not None:
            revision.at, revision.by = line.at, line.actor
            revision.save()
        filing = filings.setdefault(
            key,
            filing_model(
                form=revision.form,
                period=revision.period,
                place=revision.place,
                state="accepted",
                first_submitted_at=revision.at,
            ),
        )
        filing.current = filing.accepted = revision
        filing.submitted_at = filing.changed_at = revision.at
        filing.changed_by = revision.by
    for filing in filings.values():
        filing.save(force_insert=True)
    last = line_model.objects.order_by("-number").first()
    apps.get_model("desk", "JournalHead").objects.create(
        lines=last.number if last else 0, digest=last.digest if last else ""
    )


class Migration(migrations.Migration):
    dependencies = [("desk", "0001_first")]

    operations = [
        migrations.CreateModel(
            name="Extension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("form", models.CharField(max_length=64)),
                ("period", models.CharField(max_length=16)),
                ("place", models.CharField(max_length=16)),
                ("until", models.DateField()),
                ("reason", models.TextField()),
                ("granted_by", models.CharField(max_length=100)),
                ("granted_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="JournalHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lines", models.PositiveBigIntegerField()),
                ("digest", models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.AddField(
            model_name="revision",
            name="at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="revision",
            name="by",
            field=models.CharField(blank=True, default="", max_length=100),
        ),
        migrations.AddField(
            model_name="revision",
            name="clerk",
            field=models.CharField(blank=True, default="", max_length=100),
        ),
        migrations.AddField(
            model_name="revision",
            name="head",
            field=models.CharField(blank=True, default="", max_length=100),
        ),
        migrations.CreateModel(
            name="Explanation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("form", models.CharField(max_length=64)),
                ("rule", models.CharField(max_length=64)),
                ("place", models.CharField(max_length=16)),
                ("field", models.CharField(max_length=128)),
                ("value", models.CharField(max_length=255)),
                ("text", models.TextField()),
                ("by", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                ("first_period", models.CharField(max_length=16)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["form", "rule", "place", "field"], name="explanations_to_a_rule"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Filing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("form", models.CharField(max_length=64)),
                ("period", models.CharField(max_length=16)),
                ("place", models.CharField(max_length=16)),
                ("state", models.CharField(max_length=32)),
                ("first_submitted_at", models.DateTimeField(null=True)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("times_returned", models.PositiveIntegerField(default=0)),
                ("changed_at", models.DateTimeField(null=True)),
                ("changed_by", models.CharField(blank=True, default="", max_length=100)),
                (
                    "accepted",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="desk.revision",
                    ),
                ),
                (
                    "current",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="desk.revision",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision", models.PositiveIntegerField()),
                ("sheet", models.CharField(blank=True, default="", max_length=64)),
                ("row", models.CharField(blank=True, default="", max_length=64)),
                ("field", models.CharField(blank=True, default="", max_length=64)),
                ("cell", models.CharField(blank=True, default="", max_length=16)),
                ("text", models.TextField()),
                ("by", models.CharField(max_length=100)),
                ("at", models.DateTimeField()),
                (
                    "filing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="desk.filing",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Window",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("form", models.CharField(max_length=64)),
                ("period", models.CharField(max_length=16)),
                ("due", models.DateField()),
                ("lock", models.DateField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("form", "period"), name="one_window_of_a_form")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="filing",
            constraint=models.UniqueConstraint(
                fields=("form", "period", "place"), name="one_filing_of_a_place"
            ),
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        # The guards are put up after the last migration, whichever that is: see database/migrating.py.
    ]
