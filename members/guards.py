"""What was decided cannot change: triggers that refuse it in the database, on PostgreSQL and SQLite."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.module_loading import module_has_submodule


@dataclass(frozen=True)
class Guard:
    """Refuse `event` (INSERT, UPDATE or DELETE) on `table` where `condition` on OLD and NEW holds.

    `condition` is SQL that both databases read the same way. `message` tells an operator what it was.
    """

    table: str
    event: str
    condition: str
    message: str

    @property
    def name(self) -> str:
        return f"guard_{self.table}_{self.event.lower()}"


def append_only(table: str) -> tuple[Guard, Guard]:
    """Return the guards of a table whose rows are written once and never touched again."""
    return (
        Guard(table, "UPDATE", "1 = 1", f"{table} is append-only"),
        Guard(table, "DELETE", "1 = 1", f"{table} is append-only"),
    )


def differs(*columns: str) -> str:
    """Return the condition that any of `columns` changes between OLD and NEW."""
    return " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)


def overlaps(
    table: str, owner: str, since: str, until: str, only: str = "1 = 1", *, same: str = "1 = 1"
) -> str:
    """Return the condition that NEW's period, `since` to `until` (NULL: open), meets another of its `owner`.

    `same` is what else the `other` row shares with NEW; `only` is a condition on a {row} that takes part: a
    version that is approved, for one.
    """
    end = "'9999-12-31'"
    return (
        f"{only.format(row='NEW')} AND EXISTS (SELECT 1 FROM {table} other WHERE other.{owner} = NEW.{owner} "
        f"AND {same} AND {only.format(row='other')} AND {{other}} "
        f"AND other.{since} <= COALESCE(NEW.{until}, {end}) "
        f"AND NEW.{since} <= COALESCE(other.{until}, {end}))"
    )


def never_overlapping(table: str, condition: str, *, or_changes: str = "1 = 0") -> tuple[Guard, Guard]:
    """Return the guards that refuse a row that `overlaps`, and an update that `or_changes` more."""
    message = f"periods of {table} overlap, or what is approved would change"
    # Before an INSERT the row has no id yet.
    return (
        Guard(table, "INSERT", condition.format(other="1 = 1"), message),
        Guard(table, "UPDATE", f"({condition.format(other='other.id <> NEW.id')}) OR {or_changes}", message),
    )


def _version(table: str, *columns: str) -> tuple[Guard, ...]:
    """Return the guards of versions by act: they never overlap, and an approved one changes no more.

    The number and the date of the act may still be filled in, and the day it ends, once.
    """
    filled_once = " OR ".join(
        f"(OLD.{column} {blank} AND {differs(column)})"
        for column, blank in (
            ("act_number", "<> ''"),
            ("act_date", "IS NOT NULL"),
            ("act_file", "<> ''"),
            ("in_force_until", "IS NOT NULL"),
        )
    )
    fixed = differs("staff_id", "in_force_from", "approved_at", "approved_by_id", *columns)
    approved = "{row}.approved_at IS NOT NULL"
    period = overlaps(table, "staff_id", "in_force_from", "in_force_until", approved)
    return (
        *never_overlapping(
            table, period, or_changes=f"(OLD.approved_at IS NOT NULL AND ({fixed} OR {filled_once}))"
        ),
        Guard(table, "DELETE", "OLD.approved_at IS NOT NULL", f"an approved row of {table} is kept"),
    )


def _of_approved(row: str) -> str:
    return (
        f"EXISTS (SELECT 1 FROM members_composition c WHERE c.id = {row}.composition_id "
        "AND c.approved_at IS NOT NULL)"
    )


# "order" is a word of SQL.
_SEAT = (
    '"order"',
    "role",
    "organisation_id",
    "office_kk",
    "office_ru",
    "by_agreement",
    "votes",
    "composition_id",
)
_SEATS_STAY = "the seats of an approved composition change by a new act"
_SAME_PLACE = (
    "other.user_id = NEW.user_id AND other.role = NEW.role "
    "AND COALESCE(other.organisation_id, 0) = COALESCE(NEW.organisation_id, 0)"
)
GUARDS = (
    *append_only("members_journalentry"),
    *_version("members_composition"),
    *_version("members_regulation", "parameters"),
    Guard("members_seat", "INSERT", _of_approved("NEW"), _SEATS_STAY),
    Guard(
        "members_seat",
        "UPDATE",
        f"{_of_approved('OLD')} AND ({differs(*_SEAT)})",
        _SEATS_STAY,
    ),
    Guard("members_seat", "DELETE", _of_approved("OLD"), _SEATS_STAY),
    *never_overlapping("members_holder", overlaps("members_holder", "seat_id", "since", "until")),
    *never_overlapping("members_absence", overlaps("members_absence", "staff_id", "since", "until")),
    *never_overlapping(
        "members_place", overlaps("members_place", "staff_id", "since", "until", same=_SAME_PLACE)
    ),
)


def all_guards() -> Iterator[Guard]:
    """Yield the guards of every installed app that declares some in its `guards` module."""
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, "guards"):
            yield from getattr(import_module(f"{config.name}.guards"), "GUARDS", ())


def install(connection: BaseDatabaseWrapper, guards: tuple[Guard, ...] | None = None) -> None:
    """Create the triggers of `guards` (all of them by default), replacing older ones."""
    for guard in guards if guards is not None else tuple(all_guards()):
        _execute(connection, _drop_sql(guard, connection.vendor) + _create_sql(guard, connection.vendor))


def remove(connection: BaseDatabaseWrapper, guards: tuple[Guard, ...] | None = None) -> None:
    """Drop the triggers of `guards` (all of them by default)."""
    for guard in guards if guards is not None else tuple(all_guards()):
        _execute(connection, _drop_sql(guard, connection.vendor))


def migration(guards: tuple[Guard, ...]) -> tuple[Any, Any]:
    """Return the forward and backward functions for `migrations.RunPython`."""

    def forward(_apps: object, editor: Any) -> None:
        install(editor.connection, guards)

    def backward(_apps: object, editor: Any) -> None:
        remove(editor.connection, guards)

    return forward, backward


def _execute(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _drop_sql(guard: Guard, vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {guard.name}"]
    # A table with a foreign key still to be checked in this transaction cannot change its triggers.
    statements = ["SET CONSTRAINTS ALL IMMEDIATE", f"DROP TRIGGER IF EXISTS {guard.name} ON {guard.table}"]
    if guard.event == "DELETE":
        statements.append(f"DROP TRIGGER IF EXISTS {guard.name}_all ON {guard.table}")
    return statements


def _create_sql(guard: Guard, vendor: str) -> list[str]:
    return _sqlite(guard) if vendor == "sqlite" else _postgresql(guard)


def _sqlite(guard: Guard) -> list[str]:
    return [
        f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} "
        f"WHEN {guard.condition} BEGIN SELECT RAISE(ABORT, '{guard.message}'); END"
    ]


def _postgresql(guard: Guard) -> list[str]:
    result = "OLD" if guard.event == "DELETE" else "NEW"
    statements = [
        f"CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {guard.condition} THEN RAISE EXCEPTION '{guard.message}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {result}; END $$",
        f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {guard.name}()",
        f"ALTER TABLE {guard.table} ENABLE ALWAYS TRIGGER {guard.name}",
    ]
    if guard.event == "DELETE":
        statements += [
            f"CREATE OR REPLACE FUNCTION {guard.name}_all() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"RAISE EXCEPTION '{guard.message}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
            f"CREATE TRIGGER {guard.name}_all BEFORE TRUNCATE ON {guard.table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {guard.name}_all()",
            f"ALTER TABLE {guard.table} ENABLE ALWAYS TRIGGER {guard.name}_all",
        ]
    return statements
