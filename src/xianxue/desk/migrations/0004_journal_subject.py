"""The journal's subject in parts, indexes on it, and personal values beside it.

Names and what clerks have written get columns without a bound: SQLite never held any, PostgreSQL
does.
"""

from typing import Any, cast

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from xianxue.desk.models.subject import about

_BATCH = 500
"""Lines written at once: SQLite takes some thousand values a statement."""


def take_apart(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Fill in the parts of each old line; its seal stays the first, over what it was over."""
    del schema_editor
    # The model as it is at this step: nobody has written down its types.
    lines = cast("Any", apps.get_model("desk", "JournalLine")).objects
    changed = []
    for line in lines.order_by("number").only("id", "deed", "subject"):
        line.kind, line.ident, line.place, line.period = about(line.deed, line.subject)
        changed.append(line)
    lines.bulk_update(changed, ["kind", "ident", "place", "period"], batch_size=_BATCH)


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0003_releases"),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonalValue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("salt", models.CharField(max_length=64)),
                ("value", models.TextField()),
                ("form", models.CharField(max_length=64)),
                ("field", models.CharField(max_length=128)),
                ("place", models.CharField(max_length=16)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="journalline",
            name="ident",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="journalline",
            name="kind",
            field=models.CharField(default="", max_length=32),
        ),
        migrations.AddField(
            model_name="journalline",
            name="period",
            field=models.CharField(default="", max_length=16),
        ),
        migrations.AddField(
            model_name="journalline",
            name="place",
            field=models.CharField(default="", max_length=16),
        ),
        migrations.AddField(
            model_name="journalline",
            name="sealed_as",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name="comment",
            name="by",
            field=models.TextField(),
        ),
        migrations.AlterField(
            model_name="explanation",
            name="by",
            field=models.TextField(),
        ),
        migrations.AlterField(
            model_name="explanation",
            name="value",
            field=models.TextField(),
        ),
        migrations.AlterField(
            model_name="extension",
            name="granted_by",
            field=models.TextField(),
        ),
        migrations.AlterField(
            model_name="filing",
            name="changed_by",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AlterField(
            model_name="journalline",
            name="actor",
            field=models.TextField(),
        ),
        migrations.AlterField(
            model_name="journalline",
            name="subject",
            field=models.TextField(),
        ),
        migrations.AlterField(
            model_name="release",
            name="by",
            field=models.TextField(),
        ),
        migrations.AlterField(
            model_name="revision",
            name="by",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AlterField(
            model_name="revision",
            name="clerk",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AlterField(
            model_name="revision",
            name="file",
            field=models.TextField(),
        ),
        migrations.AlterField(
            model_name="revision",
            name="head",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.RunPython(take_apart, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="journalline",
            index=models.Index(fields=["subject", "number"], name="journal_by_subject"),
        ),
        migrations.AddIndex(
            model_name="journalline",
            index=models.Index(fields=["kind", "ident", "number"], name="journal_by_kind"),
        ),
        migrations.AddIndex(
            model_name="journalline",
            index=models.Index(fields=["place", "number"], name="journal_by_place"),
        ),
        migrations.AddIndex(
            model_name="journalline",
            index=models.Index(fields=["period", "number"], name="journal_by_period"),
        ),
        migrations.AddIndex(
            model_name="journalline",
            index=models.Index(fields=["actor", "number"], name="journal_by_actor"),
        ),
        migrations.AddIndex(
            model_name="journalline",
            index=models.Index(fields=["at", "number"], name="journal_by_time"),
        ),
        migrations.AddIndex(
            model_name="personalvalue",
            index=models.Index(fields=["form", "at"], name="personal_values_due"),
        ),
    ]
