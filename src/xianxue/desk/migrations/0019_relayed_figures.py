"""Figures of earlier years that old reports relay."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0018_withdrawn_windows"),
    ]

    operations = [
        migrations.CreateModel(
            name="RelayedLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("indicator", models.CharField(max_length=64)),
                ("stage", models.CharField(blank=True, default="", max_length=16)),
                ("period", models.CharField(max_length=16)),
                ("revision", models.PositiveIntegerField()),
                ("value", models.TextField()),
                ("low", models.TextField()),
                ("high", models.TextField()),
                ("text", models.TextField()),
                ("sentence", models.TextField()),
                ("paragraph", models.PositiveIntegerField()),
                ("file", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("withdrawn", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("by", models.TextField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("period", "indicator", "stage", "revision"),
                        name="one_relayed_figure_of_a_revision",
                    )
                ],
            },
        ),
    ]
