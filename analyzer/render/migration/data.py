"""The data: stop writing, copy, compare."""

from collections.abc import Iterator

from analyzer.model.evidence import Fact
from analyzer.model.facts import ProjectFacts
from analyzer.model.finding import Effort
from analyzer.model.plan import DatabaseEngine, DatabasePlan, DeploymentPlan, Role
from analyzer.render.migration.steps import Step

_HEROKU = ("Procfile", "app.json")
_UPLOADS = "uploads-in-container"
"""Code of the plan's note on uploads that are kept on the disk."""


def steps_of_data(facts: ProjectFacts, plan: DeploymentPlan) -> Iterator[Step]:
    """All that is copied; nothing where the app keeps no data."""
    databases = [one for one in plan.databases if one.engine.value is not DatabaseEngine.VALKEY]
    uploads = next((one for one in plan.notes if one.code == _UPLOADS), None)
    if not databases and uploads is None:
        return
    yield from _stop_writing(facts, plan)
    for database in databases:
        yield _copy(database, facts)
    if uploads is not None:
        yield Step(
            text="Copy the uploaded files to object storage before they are served from there",
            detail="From the folder that MEDIA_ROOT names on the old server.",
            commands=('rclone sync --progress "$MEDIA_ROOT" spaces:"$BUCKET"/media',),
            effort=Effort.HOURS,
            evidence=uploads.evidence[:1],
        )
    yield Step(
        text="Compare the copy with the original",
        detail="Row counts of the largest tables, the newest row of each, and some uploads.",
        effort=Effort.MINUTES,
    )


def _stop_writing(facts: ProjectFacts, plan: DeploymentPlan) -> Iterator[Step]:
    heroku = any(one.source in _HEROKU for one in facts.processes)
    workers = any(one.role in (Role.WORKER, Role.BEAT) for one in plan.components)
    yield Step(
        text="Stop writes to the old app",
        detail="A maintenance page; schedulers off." if workers else "A maintenance page.",
        commands=("heroku maintenance:on",) if heroku else (),
        effort=Effort.MINUTES,
    )
    if workers:
        yield Step(
            text="Let the queue run empty, then stop the old workers and the old scheduler",
            detail="Tasks that wait are not copied: Valkey starts empty, as caches do. Two schedulers send each task "
            "twice.",
            effort=Effort.MINUTES,
        )


def _copy(database: DatabasePlan, facts: ProjectFacts) -> Step:
    if _is_sqlite(facts):
        return Step(
            text=f"Copy the SQLite database into {database.name}",
            detail="As fixtures, into tables that migrate has made; DATABASE_URL stands for the variable that is read.",
            commands=(
                "python manage.py dumpdata --natural-foreign --natural-primary "
                "--exclude contenttypes --exclude auth.permission --output data.json",
                'DATABASE_URL="$NEW_DATABASE_URL" python manage.py migrate',
                'DATABASE_URL="$NEW_DATABASE_URL" python manage.py loaddata data.json',
            ),
            effort=Effort.HOURS,
        )
    if database.engine.value is DatabaseEngine.MYSQL:
        return Step(
            text=f"Copy the MySQL database into {database.name}",
            detail="The option files hold host, user and password of either server.",
            commands=(
                "mysqldump --defaults-extra-file=old.cnf --single-transaction --routines --set-gtid-purged=OFF "
                '"$DATABASE" > dump.sql',
                'mysql --defaults-extra-file=new.cnf "$DATABASE" < dump.sql',
            ),
            effort=Effort.HOURS,
        )
    return Step(
        text=f"Copy the PostgreSQL database into {database.name}",
        detail="With programs that are no older than either server; owners and grants stay behind.",
        commands=(
            'pg_dump --format=custom --no-owner --no-privileges --file=dump.pgdump "$OLD_DATABASE_URL"',
            "pg_restore --no-owner --no-privileges --clean --if-exists --jobs=4 "
            '--dbname="$NEW_DATABASE_URL" dump.pgdump',
            'psql "$NEW_DATABASE_URL" -c "ANALYZE"',
        ),
        effort=Effort.HOURS,
    )


def _is_sqlite(facts: ProjectFacts) -> bool:
    """Whether the data is in SQLite today, as far as the settings say."""
    databases = facts.django.databases
    if not isinstance(databases, Fact) or "default" not in databases.value:
        return False
    default = databases.value["default"]
    return (default.configured_engine or default.engine or "").endswith("sqlite3")
