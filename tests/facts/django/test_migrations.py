"""Migrations of the repository's apps."""

from analyzer.facts.collect import collect_facts
from analyzer.model.facts import ProjectFacts
from analyzer.model.project_code import AppMigrations, MigrationFacts
from tests.facts.conftest import MakeRepository

MANAGE = "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'app.settings')\n"
MODELS = "from django.db import models\n\n\nclass Order(models.Model):\n    total = models.IntegerField()\n"
FILES = {"manage.py": MANAGE, "app/__init__.py": "", "shop/__init__.py": "", "shop/models.py": MODELS}
FOLDER = "shop/migrations"


def migration(dependencies: str = "", operations: str = "", more: str = "") -> str:
    return (
        "from django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n"
        f"{more}    dependencies = [\n        {dependencies}\n    ]\n    operations = [\n        {operations}\n    ]\n"
    )


def facts_of(repository: MakeRepository, files: dict[str, str], settings: str = "") -> MigrationFacts:
    base = {**FILES, "app/settings.py": f"SECRET_KEY = 'x'\nINSTALLED_APPS = ['shop']\n{settings}"}
    facts = collect_facts(repository({**base, **files}))
    assert isinstance(facts, ProjectFacts)
    return facts.migrations


def app_of(repository: MakeRepository, files: dict[str, str], settings: str = "") -> AppMigrations:
    return facts_of(repository, {f"{FOLDER}/__init__.py": "", **files}, settings).apps[0]


def test_an_app_with_models_alone(repository: MakeRepository) -> None:
    found = facts_of(repository, {".gitignore": "*.pyc\nshop/migrations/0*\n"})
    assert [(app.label, app.files, app.is_package) for app in found.apps] == [("shop", (), False)]
    assert [(one.path, one.line, one.note) for one in found.apps[0].models] == [("shop/models.py", 4, "Order")]
    assert found.ignored is not None
    assert (found.ignored.path, found.ignored.line) == (".gitignore", 2)


def test_models_without_a_table_are_none(repository: MakeRepository) -> None:
    lines = "from django.db import models\nclass A(models.Model):\n    class Meta:\n        {}\n"
    for meta in ("abstract = True", "proxy = True", "managed = False", "app_label = 'other'"):
        assert facts_of(repository, {"shop/models.py": lines.format(meta)}).apps == ()


def test_of_an_app_with_migrations_one_model_is_enough(repository: MakeRepository) -> None:
    models = (
        "class Base(models.Model):\n    class Meta:\n        abstract = True\n\n\n"
        "class Choice(TextChoices):\n    A = 'a'\n\n\n"
        "class Order(\n    Base,\n    models.Model,\n):\n    total = models.IntegerField()\n\n\n"
        "class Item(models.Model):\n    pass\n"
    )
    app = app_of(repository, {"shop/models.py": models, f"{FOLDER}/0001_initial.py": migration()})
    assert [(one.path, one.line, one.note) for one in app.models] == [("shop/models.py", 10, "Order")]
    plain = {"shop/models.py": models.replace("models.Model", "Thing"), f"{FOLDER}/0001_initial.py": migration()}
    assert app_of(repository, plain).models == ()


def test_an_app_named_by_its_configuration(repository: MakeRepository) -> None:
    files = {
        "apps/__init__.py": "",
        "apps/till/__init__.py": "",
        "apps/till/models.py": MODELS,
        "apps/till/apps.py": "class TillConfig(AppConfig):\n    name = 'apps.till'\n    label = 'cash'\n",
    }
    found = facts_of(repository, files, "INSTALLED_APPS += ['apps.till.apps.TillConfig']\n")
    assert [(app.label, app.folder) for app in found.apps] == [
        ("shop", "shop/migrations"),
        ("cash", "apps/till/migrations"),
    ]


def test_two_last_migrations(repository: MakeRepository) -> None:
    files = {
        f"{FOLDER}/0001_initial.py": migration(),
        f"{FOLDER}/0002_a-b.py": migration("('shop', '0001_initial'),"),
        f"{FOLDER}/0002_b.py": migration("# ('shop', '0002_a-b')\n        ('shop', '0001_' 'initial'),"),
    }
    assert [(one.note, one.line) for one in app_of(repository, files).leaves] == [("0002_a-b", 4), ("0002_b", 4)]
    merged = {**files, f"{FOLDER}/0003_merge.py": migration("('shop', '0002_a-b'), ('shop', '0002_b')")}
    assert [one.note for one in app_of(repository, merged).leaves] == ["0003_merge"]


def test_squashed_migrations_are_not_judged(repository: MakeRepository) -> None:
    files = {
        f"{FOLDER}/0001_initial.py": migration(),
        f"{FOLDER}/0001_squashed.py": migration(
            more="    replaces = [('shop', '0001_initial'), ('shop', '0002_gone')]\n"
        ),
        f"{FOLDER}/0003_c.py": migration("('shop', '0002_gone')"),
    }
    app = app_of(repository, files)
    assert (app.leaves, app.lost) == ((), ())


def test_lost_dependencies(repository: MakeRepository) -> None:
    files = {
        f"{FOLDER}/0001_initial.py": migration("('auth', '0001_initial'), ('shop', '__first__')"),
        f"{FOLDER}/0003_c.py": migration("('shop', '0001_initial'),\n        ('shop', '0002_b'),"),
    }
    assert [(one.path, one.line, one.note) for one in app_of(repository, files).lost] == [
        (f"{FOLDER}/0003_c.py", 7, "shop.0002_b")
    ]


def test_steps_of_the_newest_migration(repository: MakeRepository) -> None:
    operations = (
        "migrations.CreateModel('New', fields=[]),\n"
        "        migrations.RemoveField(model_name='order', name='total'),\n"
        "        migrations.RenameField('order', 'a', 'b'),\n"
        "        migrations.RenameField('order', 'same', 'same'),\n"
        "        migrations.AddField('order', 'c', models.IntegerField(default=0)),\n"
        "        migrations.AddField('order', 'd', models.IntegerField(null=True)),\n"
        "        migrations.AddField('new', 'e', models.IntegerField()),\n"
        "        migrations.DeleteModel('Old'),"
    )
    files = {
        f"{FOLDER}/0001_initial.py": migration(),
        f"{FOLDER}/0002_b.py": migration("('shop', '0001_initial')", operations),
    }
    steps = app_of(repository, files).newest
    assert [(one.operation, one.subject, one.evidence.line) for one in steps] == [
        ("RemoveField", "order.total", 10),
        ("RenameField", "order.a -> b", 11),
        ("AddField", "order.c", 13),
        ("DeleteModel", "Old", 16),
    ]


def test_the_first_migration_changes_nothing_that_was_there(repository: MakeRepository) -> None:
    files = {f"{FOLDER}/0001_initial.py": migration(operations="migrations.RemoveField('order', 'total')")}
    assert app_of(repository, files).newest == ()


def test_makemigrations_in_a_deployment(repository: MakeRepository) -> None:
    files = {
        "Procfile": "web: gunicorn app.wsgi\nrelease: python manage.py makemigrations && python manage.py migrate\n",
        "build.sh": "# python manage.py makemigrations\npython manage.py makemigrations --check\n",
        "docker/local/start.sh": "python manage.py makemigrations\n",
        "Makefile": "migrations:\n\tpython manage.py makemigrations\n",
    }
    assert [(one.path, one.line) for one in facts_of(repository, files).made] == [("Procfile", 2)]


def test_migrations_elsewhere_are_not_looked_for(repository: MakeRepository) -> None:
    assert facts_of(repository, {}, "MIGRATION_MODULES = {'shop': None}\n").apps == ()


def test_names_in_several_parts(repository: MakeRepository) -> None:
    files = {
        f"{FOLDER}/0001_initial.py": migration(),
        f"{FOLDER}/0002_b.py": migration(
            "(\n            'shop',\n            (\n"
            "                '0001_'\n                'initial'\n            ),\n        ),"
        ),
    }
    app = app_of(repository, files)
    assert ([one.note for one in app.leaves], app.lost) == (["0002_b"], ())


def test_a_name_over_two_lines_by_a_backslash(repository: MakeRepository) -> None:
    files = {
        f"{FOLDER}/0001_initial.py": migration(),
        f"{FOLDER}/0002_long_name.py": migration("('shop', '0001_initial')"),
        f"{FOLDER}/0003_c.py": migration("('shop', '0002_long\\\n_name'),"),
    }
    app = app_of(repository, files)
    assert ([one.note for one in app.leaves], app.lost) == (["0003_c"], ())
