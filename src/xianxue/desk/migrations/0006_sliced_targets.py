"""Targets of slices."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0005_targets"),
    ]

    operations = [
        migrations.AddField(
            model_name="targetline",
            name="slice",
            field=models.CharField(blank=True, default="", max_length=128),
            preserve_default=False,
        ),
        migrations.RemoveConstraint(
            model_name="targetline",
            name="one_target_of_a_revision",
        ),
        migrations.AddConstraint(
            model_name="targetline",
            constraint=models.UniqueConstraint(
                fields=("period", "place", "indicator", "stage", "slice", "revision"),
                name="one_target_of_a_revision",
            ),
        ),
    ]
