from django.db import migrations, models

# Of who was under 18 before guardians were asked, the address book knows the guardian, or nobody does.
KNOWN = """
UPDATE attendance_attendance a SET guardian = coalesce(
    (SELECT nullif(p.guardian, '') FROM residents_person p WHERE p.id = a.person_id), 'tidak dicatat'
)
WHERE a.age_group = '<18' AND a.guardian = ''
"""


class Migration(migrations.Migration):
    # The rows that are filled and the constraint on them do not go into one transaction.
    atomic = False

    dependencies = [("attendance", "0027_signatures_of_an_activity"), ("residents", "__first__")]

    operations = [
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("age_group", "<18"), _negated=True),
                    models.Q(("guardian", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_minor_present_has_a_guardian",
                violation_error_message=(
                    "Tulis nama orang tua atau wali, atau bahwa wali ikut hadir, karena umurnya di bawah 18 tahun."
                ),
            ),
        ),
    ]
