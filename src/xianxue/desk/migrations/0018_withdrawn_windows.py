"""Windows that were taken back with the opening of their year."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0017_supposed_sets"),
    ]

    operations = [
        migrations.AddField(
            model_name="window",
            name="withdrawn",
            field=models.BooleanField(default=False),
        ),
    ]
