"""Values of django-configurations without a default."""

import pytest

from tests.facts.conftest import MakeRepository
from tests.facts.evaluator.settings_text import evaluate, plain


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("ListValue()", ()),
        ("TupleValue()", ()),
        ("DictValue()", {}),
        ("ListValue(['a'])", ("a",)),
        ("ListValue(environ=False)", ()),
        ("Value()", None),
    ],
)
def test_without_the_variable(repository: MakeRepository, value: str, expected: object) -> None:
    text = f"from configurations import Configuration, values\nclass Prod(Configuration):\n    X = values.{value}\n"
    assert plain(evaluate(repository, text), "X") == expected


@pytest.mark.parametrize("name", ["DEBUG", "APP_DEBUG", "DEBUG_VALUE", "DEBUG_MODE"])
def test_a_switch_for_debugging_is_off_where_services_are_configured(repository: MakeRepository, name: str) -> None:
    settings = evaluate(repository, f"import os\nDEBUG = os.environ[{name!r}] == 'True'\n", configured=True)
    assert plain(settings, "DEBUG") is False


def test_other_variables_about_debugging_are_not(repository: MakeRepository) -> None:
    settings = evaluate(repository, "import os\nX = os.environ.get('DEBUG_TOOLBAR_PANEL')\n", configured=True)
    assert plain(settings, "X") is None


def test_without_the_address_of_a_database_the_parts_are_read(repository: MakeRepository) -> None:
    text = """from configurations import Configuration, values
class Prod(Configuration):
    DATABASES = {
        "default": values.DatabaseURLValue(None, environ_name="DATABASE_URL", environ_prefix=None)
        or {"ENGINE": "django.db.backends.mysql", "HOST": values.Value("db", environ_name="DB_HOST")}
    }
"""
    settings = evaluate(repository, text)
    assert plain(settings, "DATABASES") == {"default": {"ENGINE": "django.db.backends.mysql", "HOST": "db"}}
    assert {"DATABASE_URL", "DJANGO_DB_HOST"} <= settings.environment.reads.keys()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("cls.HOSTS.append('b')", ("a", "b")),
        ("cls.HOSTS = ['c']", ("c",)),
        ("if values.BooleanValue(False, environ_name='MORE'): cls.HOSTS = ['c']", ("a",)),
        ("if not cls.PLAIN: raise ValueError(cls.PLAIN)", ("a",)),
        ("raise ValueError('no')", ("a",)),
    ],
)
def test_what_a_class_does_after_its_setup(repository: MakeRepository, body: str, expected: object) -> None:
    text = f"""from configurations import Configuration, values
class Base(Configuration):
    HOSTS = values.ListValue(["a"])
    PLAIN = values.BooleanValue(True)

    @classmethod
    def post_setup(cls):
        super().post_setup()
        {body}

class Prod(Base):
    pass
"""
    assert plain(evaluate(repository, text), "HOSTS") == expected


def test_variables_that_a_class_reads_after_its_setup(repository: MakeRepository) -> None:
    text = """from configurations import Configuration, values
class Prod(Configuration):
    @classmethod
    def post_setup(cls):
        pool = values.BooleanValue(False, environ_name="POOL", environ_prefix="")
"""
    assert "POOL" in evaluate(repository, text).environment.reads
