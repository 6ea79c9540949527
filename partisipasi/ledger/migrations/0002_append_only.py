from django.db import migrations

# TRUNCATE has a trigger of its own name: the test suite, which empties tables that way, lifts that one alone.
APPEND_ONLY = """
CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Catatan publik hanya dapat ditambah (% pada %).', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER ledger_entry_refuse_change BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_entry_refuse_truncate BEFORE TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_dailyhead_refuse_change BEFORE UPDATE OR DELETE ON ledger_dailyhead
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_dailyhead_refuse_truncate BEFORE TRUNCATE ON ledger_dailyhead
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();
"""

CHANGEABLE = """
DROP TRIGGER ledger_entry_refuse_change ON ledger_entry;
DROP TRIGGER ledger_entry_refuse_truncate ON ledger_entry;
DROP TRIGGER ledger_dailyhead_refuse_change ON ledger_dailyhead;
DROP TRIGGER ledger_dailyhead_refuse_truncate ON ledger_dailyhead;
DROP FUNCTION ledger_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(APPEND_ONLY, CHANGEABLE),
    ]
