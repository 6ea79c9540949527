from django.db import migrations, models

# Lists that are closed already keep what they count now; nothing of theirs can have changed since.
KEEP = """
WITH lines AS (
    SELECT a.session_id, a.sex, a.invitation_id, a.is_stand_in, u.name AS unsur
    FROM attendance_attendance a
    LEFT JOIN residents_unsur u ON u.id = a.unsur_id
    WHERE a.undone_at IS NULL
), unsur AS (
    SELECT session_id, jsonb_object_agg(unsur, number) AS counted
    FROM (SELECT session_id, unsur, count(*) AS number FROM lines WHERE unsur <> '' GROUP BY 1, 2) by_unsur
    GROUP BY 1
)
UPDATE attendance_session s SET counts = (
    SELECT jsonb_build_object(
        'present', count(l.session_id),
        'men', count(l.session_id) FILTER (WHERE l.sex = 'L'),
        'women', count(l.session_id) FILTER (WHERE l.sex = 'P'),
        'invited', (
            SELECT count(*) FROM attendance_invitation i WHERE i.activity_id = s.activity_id AND i.uninvited_at IS NULL
        ),
        'seats_filled', count(DISTINCT l.invitation_id),
        'stand_ins', count(l.session_id) FILTER (WHERE l.is_stand_in),
        'walk_ins', count(l.session_id) FILTER (WHERE l.invitation_id IS NULL),
        'by_unsur', coalesce((SELECT counted FROM unsur WHERE unsur.session_id = s.id), '{}'::jsonb)
    )
    FROM lines l WHERE l.session_id = s.id
)
FROM attendance_activity activity
WHERE activity.id = s.activity_id AND activity.closed_at IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("attendance", "0009_invitation_letters"),
        ("residents", "__first__"),
    ]

    operations = [
        migrations.AddField(
            model_name="session",
            name="counts",
            field=models.JSONField(editable=False, null=True, verbose_name="hitungan saat ditutup"),
        ),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
    ]
