"""Targets."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0004_journal_subject"),
    ]

    operations = [
        migrations.CreateModel(
            name="TargetLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("indicator", models.CharField(max_length=64)),
                ("place", models.CharField(max_length=16)),
                ("stage", models.CharField(blank=True, max_length=32)),
                ("period", models.CharField(max_length=32)),
                ("revision", models.PositiveIntegerField()),
                ("amount", models.CharField(max_length=64)),
                ("goal", models.CharField(max_length=16)),
                ("origin", models.CharField(max_length=16)),
                ("source", models.CharField(max_length=255)),
                ("cell", models.CharField(blank=True, max_length=300)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("withdrawn", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=100)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("period", "place", "indicator", "stage", "revision"),
                        name="one_target_of_a_revision",
                    )
                ],
            },
        ),
    ]
