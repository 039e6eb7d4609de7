"""Keys of the configuration that name nothing of the plan."""

import pytest

from analyzer.model.errors import UsageError
from analyzer.model.overrides import ComponentOverrides, DatabaseOverrides, Overrides, VariableOverrides
from tests.plan.conftest import CELERY, MakePlan, codes, values

SITE = {
    "frontend/package.json": '{"scripts": {"build": "vite build"}, "devDependencies": {"vite": "^7"}}',
    "frontend/index.html": "<div id=app></div>",
    "frontend/vite.config.js": "export default {}\n",
}


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        (
            Overrides(components={"wbe": ComponentOverrides(size="x")}, lines={"components.wbe.size": 4}),
            "doctor.toml:4: components.wbe is no component of this app; "
            "did you mean components.web? there are migrate, web",
        ),
        (
            Overrides(components={"zebra": ComponentOverrides(enabled=False)}, file="pyproject.toml"),
            "pyproject.toml:1: components.zebra is no component of this app; there are migrate, web",
        ),
        (
            Overrides(databases={"DB": DatabaseOverrides(version="16")}, lines={"databases.DB": 7}),
            "doctor.toml:7: databases.DB is no database of this app; did you mean databases.db? there are db",
        ),
        (
            Overrides(
                components={"migrate": ComponentOverrides(instances=2)},
                lines={"components.migrate": 2, "components.migrate.instances": 3},
            ),
            "doctor.toml:3: components.migrate.instances has no effect on this job; it has command, enabled, size",
        ),
        (
            Overrides(environment={"SECRET_KYE": VariableOverrides(enabled=False)}),
            "doctor.toml:1: environment.SECRET_KYE changes a variable that neither the project nor its plan has; "
            "did you mean environment.SECRET_KEY? give it a value, or secret = true, to add it",
        ),
        (
            Overrides(environment={"ZEBRA": VariableOverrides(scope="RUN_TIME")}),
            "doctor.toml:1: environment.ZEBRA changes a variable that neither the project nor its plan has; "
            "give it a value, or secret = true, to add it",
        ),
    ],
)
def test_a_name_that_is_nothing_of_the_app_is_an_error(plan: MakePlan, overrides: Overrides, message: str) -> None:
    with pytest.raises(UsageError) as error:
        plan(overrides=overrides)
    assert str(error.value) == message


def test_all_mistakes_are_named_at_once(plan: MakePlan) -> None:
    overrides = Overrides(
        components={"wbe": ComponentOverrides(size="x"), "web": ComponentOverrides(schedule="* * * * *")},
        databases={"cache": DatabaseOverrides(version="8")},
    )
    with pytest.raises(UsageError) as error:
        plan(overrides=overrides)
    told = [line.split(": ", 1)[1].split(" ")[0] for line in str(error.value).splitlines()]
    assert told == ["components.wbe", "databases.cache", "components.web.schedule"]


def test_without_databases_there_are_none(plan: MakePlan) -> None:
    files = {"requirements.txt": "django==5.2.19\ngunicorn\n"}
    overrides = Overrides(databases={"db": DatabaseOverrides(version="16")})
    with pytest.raises(UsageError, match=r"databases\.db is no database of this app; there are none"):
        plan(files, settings="DATABASES = {}\n", overrides=overrides)


def test_names_of_the_app_are_none(plan: MakePlan) -> None:
    overrides = Overrides(
        components={
            "web": ComponentOverrides(instances=1, health_check_path="/up"),
            "worker": ComponentOverrides(grace_period=30),
            "migrate": ComponentOverrides(enabled=False, command="true"),
        },
        databases={"db": DatabaseOverrides(enabled=False)},
        environment={"HOSTS": VariableOverrides(scope="RUN_TIME"), "REDIS_URL": VariableOverrides(enabled=False)},
    )
    settings = "CELERY_BROKER_URL = os.environ['REDIS_URL']\n"
    with pytest.raises(UsageError, match=r"components\.migrate is no component"):
        plan({"shop/celery.py": CELERY}, settings=settings, overrides=overrides)  # without a database nothing migrates
    made = plan({"shop/celery.py": CELERY}, settings=settings, overrides=Overrides(components=overrides.components))
    assert [c.name for c in made.components] == ["web", "worker"]
    kept = Overrides(databases=overrides.databases, environment=overrides.environment)
    assert [d.name for d in plan({"shop/celery.py": CELERY}, settings=settings, overrides=kept).databases] == ["valkey"]


def test_a_site_of_its_own_has_a_route_and_no_size(plan: MakePlan) -> None:
    route = Overrides(components={"frontend": ComponentOverrides(route="/app")})
    assert [c.routes[0].path for c in plan(SITE, overrides=route).components if c.name == "frontend"] == ["/app"]
    off = Overrides(components={"frontend": ComponentOverrides(enabled=False, route="/app")})
    assert "frontend" not in [c.name for c in plan(SITE, overrides=off).components]
    size = Overrides(components={"frontend": ComponentOverrides(size="apps-s-1vcpu-1gb")})
    with pytest.raises(UsageError, match="size has no effect on this static site; it has enabled, route"):
        plan(SITE, overrides=size)


def test_what_a_database_cannot_be(plan: MakePlan) -> None:
    files, settings = {"shop/celery.py": CELERY}, "CELERY_BROKER_URL = os.environ['REDIS_URL']\n"
    refused = Overrides(databases={"valkey": DatabaseOverrides(production=False)})
    with pytest.raises(UsageError, match=r"databases\.valkey\.production cannot be false: development databases are"):
        plan(files, settings=settings, overrides=refused)
    named = Overrides(databases={"db": DatabaseOverrides(production=False, cluster_name="main")})
    with pytest.raises(UsageError, match=r"databases\.db\.cluster_name cannot be 'main': a development database"):
        plan(overrides=named)
    same = Overrides(databases={"valkey": DatabaseOverrides(production=True, cluster_name="main", version="8")})
    made = plan(files, settings=settings, overrides=same)
    assert [d.cluster_name.value for d in made.databases] == ["shop-db", "main"]


def test_a_variable_may_be_added(plan: MakePlan) -> None:
    added = Overrides(
        environment={
            "EXTRA": VariableOverrides(value="1"),
            "TOKEN": VariableOverrides(secret=True),
            "HOST": VariableOverrides(value="x.example.org"),
        },
        lines={"environment.HOST": 8, "environment.HOST.value": 9},
    )
    made = plan(overrides=added)
    assert {name: value for name, value in values(made).items() if name in added.environment} == {
        "EXTRA": "1",
        "TOKEN": None,
        "HOST": "x.example.org",
    }
    (note,) = [note for note in made.notes if note.code == "variable-added"]
    assert note.message == "the configuration adds HOST, which nothing of the project reads; it reads HOSTS"
    assert note.evidence[0].line == 8
    assert "variable-added" not in codes(plan(overrides=Overrides(environment={"HOSTS": VariableOverrides(value="x")})))
