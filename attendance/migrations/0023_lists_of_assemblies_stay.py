from django.db import migrations

# As new villages begin (attendance.kinds): lists of decisions are archives, those of work days are kept briefly.
TERMS = """
UPDATE attendance_activitykind SET list_years = CASE code
    WHEN 'rapat-bpd' THEN 10
    WHEN 'kerja-bakti' THEN 2
    END
WHERE code IN ('musdes', 'musrenbangdes', 'rapat-bpd', 'kerja-bakti')
"""


class Migration(migrations.Migration):
    dependencies = [("attendance", "0022_retention")]

    operations = [migrations.RunSQL(TERMS, migrations.RunSQL.noop)]
