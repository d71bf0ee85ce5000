"""Supposed sets of changes, kept beside what was counted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0016_appraisals"),
    ]

    operations = [
        migrations.CreateModel(
            name="SupposedLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.TextField()),
                ("period", models.CharField(max_length=32)),
                ("revision", models.PositiveIntegerField()),
                ("changes", models.JSONField(default=list)),
                ("note", models.TextField(blank=True, default="")),
                ("withdrawn", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("by", models.TextField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("period", "name", "revision"),
                        name="one_supposed_set_of_a_revision",
                    )
                ],
            },
        ),
    ]
