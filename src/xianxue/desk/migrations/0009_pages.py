"""What pages need: deeds done once, drafts, long work, notices."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0008_accounts"),
    ]

    operations = [
        migrations.CreateModel(
            name="LongWork",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64, unique=True)),
                ("who", models.TextField()),
                ("kind", models.CharField(max_length=64)),
                ("title", models.JSONField(default=dict)),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("state", models.CharField(default="going", max_length=16)),
                ("stop", models.BooleanField(default=False)),
                ("result", models.JSONField(default=dict)),
                ("began_at", models.DateTimeField()),
                ("moved_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("who", models.TextField()),
                ("form", models.CharField(max_length=64)),
                ("period", models.CharField(max_length=16)),
                ("place", models.CharField(max_length=16)),
                ("base", models.PositiveIntegerField(default=0)),
                ("version", models.PositiveIntegerField(default=0)),
                ("cells", models.JSONField(default=dict)),
                ("undone", models.JSONField(default=list)),
                ("file", models.TextField(blank=True, default="")),
                ("changed_at", models.DateTimeField()),
                ("discarded_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("who", "form", "period", "place"), name="one_draft_of_a_person"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("to_name", models.TextField(blank=True, default="")),
                ("to_role", models.CharField(blank=True, default="", max_length=64)),
                ("to_place", models.CharField(blank=True, default="", max_length=64)),
                ("subject", models.TextField()),
                ("kind", models.CharField(max_length=64)),
                ("words", models.JSONField()),
                ("address", models.TextField(blank=True, default="")),
                ("by", models.TextField(blank=True, default="")),
                ("at", models.DateTimeField()),
                ("due", models.DateField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["to_role", "to_place", "at"], name="notices_of_a_part"),
                    models.Index(fields=["to_name", "at"], name="notices_of_a_person"),
                    models.Index(fields=["subject", "kind"], name="notices_of_a_matter"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Once",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                ("who", models.TextField()),
                ("address", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("key", "who"), name="one_answer_to_a_deed")
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeRead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("who", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="read_by",
                        to="desk.notice",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("notice", "who"), name="a_notice_is_read_once")
                ],
            },
        ),
    ]
