from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("attendance", "0026_bpd_books")]

    operations = [
        migrations.AddField(
            model_name="activity",
            name="signs_on_screen",
            field=models.BooleanField(
                blank=True,
                help_text="Bila tidak ditentukan, jenis kegiatannya yang menentukan.",
                null=True,
                verbose_name="tanda tangan di layar",
            ),
        ),
    ]
