"""Facts are appended: a trigger refuses to change or delete their rows. Used by migrations."""

from django.db.migrations import RunSQL

FUNCTION = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: write a new row instead', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""


def refuse_change() -> RunSQL:
    return RunSQL(FUNCTION, "DROP FUNCTION refuse_change();")


def append_only(table: str) -> RunSQL:
    return RunSQL(
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change();",
        f"DROP TRIGGER append_only ON {table};",
    )
