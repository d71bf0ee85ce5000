"""Comments on sections of a report, and what the auditor's buttons did to a draft."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0010_report_sections"),
    ]

    operations = [
        migrations.AddField(
            model_name="sectiondraft",
            name="steps",
            field=models.JSONField(default=list),
        ),
        migrations.CreateModel(
            name="SectionComment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("outline", models.CharField(max_length=64)),
                ("period", models.CharField(max_length=16)),
                ("section", models.CharField(max_length=128)),
                ("number", models.PositiveIntegerField()),
                ("answers", models.PositiveIntegerField(default=0)),
                ("version", models.PositiveIntegerField(default=0)),
                ("text", models.TextField()),
                ("by", models.TextField()),
                ("at", models.DateTimeField()),
                ("settled_by", models.TextField(blank=True, default="")),
                ("settled_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("outline", "period", "section", "number"),
                        name="one_section_comment_of_a_number",
                    )
                ],
            },
        ),
    ]
