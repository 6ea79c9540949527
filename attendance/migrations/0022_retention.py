import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import partisipasi.clock
import partisipasi.db


class Migration(migrations.Migration):
    dependencies = [
        ("attendance", "0021_list_imports"),
        ("residents", "0015_consents_to_share_skills"),
        ("village", "0004_checked_letter_format_and_hosts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="invitation",
            name="invitation_to_a_person_or_a_body",
        ),
        migrations.AddField(
            model_name="activity",
            name="names_forgotten_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="nama dihapus pada"),
        ),
        migrations.AddField(
            model_name="activity",
            name="names_told_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="penghapusan nama diberitahukan pada"
            ),
        ),
        migrations.AddField(
            model_name="activitykind",
            name="list_years",
            field=models.PositiveSmallIntegerField(
                blank=True,
                default=5,
                help_text="Beserta alamat, tanda tangan, nama yang diundang, dan pindaian daftar hadir. Sesuaikan dengan jadwal retensi arsip desa. Kosongkan bila daftar hadir jenis ini arsip permanen. Petugas diberi tahu 30 hari sebelum nama dihapus; jumlah yang hadir tetap tersimpan.",
                null=True,
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(50),
                ],
                verbose_name="nama pada daftar hadir disimpan (tahun)",
            ),
        ),
        migrations.AddField(
            model_name="activitykind",
            name="particulars_months",
            field=models.PositiveSmallIntegerField(
                default=3,
                help_text="Nomor HP, pendaftaran, nama wakil yang disebut pada jawaban undangan, dan susulan yang ditolak. Dihitung dari hari kegiatan; sesudahnya dihapus sendiri.",
                validators=[
                    django.core.validators.MinValueValidator(1),
                    django.core.validators.MaxValueValidator(60),
                ],
                verbose_name="data penyelenggaraan disimpan (bulan)",
            ),
        ),
        migrations.AddField(
            model_name="attendance",
            name="guardian",
            field=models.CharField(blank=True, max_length=120, verbose_name="wali"),
        ),
        migrations.AddField(
            model_name="invitation",
            name="forgotten_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="nama dihapus pada"),
        ),
        migrations.AddField(
            model_name="latearrival",
            name="guardian",
            field=models.CharField(blank=True, max_length=120, verbose_name="wali"),
        ),
        migrations.AddIndex(
            model_name="attendance",
            index=models.Index(
                condition=models.Q(("phone", ""), _negated=True),
                fields=["session"],
                name="attendance_with_phone",
            ),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(
                condition=models.Q(("stand_in", ""), _negated=True),
                fields=["activity"],
                name="invitation_with_stand_in",
            ),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(
                condition=models.Q(("forgotten_at__isnull", True)),
                fields=["activity"],
                name="registration_remembered",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("body__isnull", True), ("person__isnull", False)),
                    models.Q(("body__isnull", False), ("person__isnull", True)),
                    models.Q(("forgotten_at__isnull", False), ("person__isnull", True)),
                    _connector="OR",
                ),
                name="invitation_to_a_person_or_a_body",
                violation_error_message="Pilih satu: orang atau lembaga.",
            ),
        ),
        migrations.CreateModel(
            name="RetentionHold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="alasan")),
                (
                    "held_at",
                    models.DateTimeField(default=partisipasi.clock.now, verbose_name="ditangguhkan pada"),
                ),
                ("released_at", models.DateTimeField(null=True, verbose_name="dilepas pada")),
                (
                    "released_reason",
                    models.CharField(blank=True, max_length=200, verbose_name="alasan dilepas"),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holds",
                        to="attendance.activity",
                        verbose_name="kegiatan",
                    ),
                ),
                (
                    "held_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        default=partisipasi.db.current_village_pk,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="village.village",
                        verbose_name="desa",
                    ),
                ),
            ],
            options={
                "verbose_name": "penangguhan penghapusan",
                "verbose_name_plural": "penangguhan penghapusan",
                "ordering": ["-held_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("released_at__isnull", True)),
                        fields=("activity",),
                        name="one_standing_hold_an_activity",
                    )
                ],
            },
        ),
    ]
