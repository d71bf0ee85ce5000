"""What people write of a target has no bound: SQLite never held it, PostgreSQL does."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0006_sliced_targets"),
    ]

    operations = [
        migrations.AlterField(
            model_name="targetline",
            name="source",
            field=models.TextField(),
        ),
        migrations.AlterField(
            model_name="targetline",
            name="cell",
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name="targetline",
            name="by",
            field=models.TextField(),
        ),
    ]
