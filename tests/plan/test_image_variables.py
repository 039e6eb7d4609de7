"""Variables of the image."""

from collections.abc import Callable

from analyzer.model.facts import ProjectFacts
from analyzer.model.overrides import ImageOverrides, Overrides
from analyzer.plan.image_variables import plan_variables

Facts = Callable[..., ProjectFacts]


def variables(facts: ProjectFacts, trusts: bool = True, **image: object) -> dict[str, str]:
    overrides = Overrides(image=ImageOverrides(**image))  # type: ignore[arg-type]
    found = plan_variables(facts, overrides, ".", 8080, "trixie", trusts=trusts).value
    assert all(variable.because for variable in found)
    return {variable.name: variable.value for variable in found}


def test_what_a_buildpack_gives_silently_is_written_down(facts: Facts) -> None:
    found = variables(facts())
    assert found == {
        "DJANGO_SETTINGS_MODULE": "shop.settings",
        "FORWARDED_ALLOW_IPS": "*",
        "HOME": "/tmp",
        "LANG": "C.UTF-8",
        "PORT": "8080",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": "/app",
        "PYTHONUNBUFFERED": "1",
    }


def test_the_virtual_environment_where_the_file_of_the_server_asks_for_it(facts: Facts) -> None:
    ini = "[uwsgi]\nmodule = shop.wsgi\n"
    files = {"Procfile": "web: uwsgi uwsgi.ini\n", "uwsgi.ini": ini, "requirements.txt": "django\nuwsgi\n"}
    assert "VIRTUAL_ENV" not in variables(facts(files))
    assert variables(facts({**files, "uwsgi.ini": f"{ini}virtualenv=$(VIRTUAL_ENV)\n"}))["VIRTUAL_ENV"] == "/opt/venv"


def test_a_server_that_does_not_read_it_gets_no_list_of_proxies(facts: Facts) -> None:
    assert "FORWARDED_ALLOW_IPS" not in variables(facts(), trusts=False)


def test_the_production_settings_are_named_and_debug_is_off(facts: Facts) -> None:
    files = {
        "conf/__init__.py": "",
        "shop/settings.py": "",
        "shop/wsgi.py": "",
        "conf/base.py": "import os\nDEBUG = os.environ.get('DJANGO_DEBUG', 'True') == 'True'\nSECRET_KEY = 'x'\n",
        "conf/production.py": "from .base import *\n",
        "manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'conf.base')\n",
    }
    found = variables(facts(files))
    assert found["DJANGO_SETTINGS_MODULE"] == "conf.production"
    assert found["DJANGO_DEBUG"] == "False"


def test_settings_in_another_root_are_found(facts: Facts) -> None:
    files = {
        "manage.py": "import os, sys\nsys.path.insert(0, 'lib')\n"
        "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'conf.settings')\n",
        "lib/conf/__init__.py": "",
        "lib/conf/settings.py": "SECRET_KEY = 'x'\nINSTALLED_APPS = []\n",
    }
    assert variables(facts(files))["PYTHONPATH"] in ("/app:/app/lib", "/app")


def test_the_name_of_a_library_that_settings_read(facts: Facts) -> None:
    assert "GDAL_LIBRARY_PATH" not in variables(facts())
    found = variables(facts(settings="GDAL_LIBRARY_PATH = os.environ['GDAL_LIBRARY_PATH']\n"))
    assert found["GDAL_LIBRARY_PATH"] == "libgdal.so.36"


def test_the_configuration_adds_and_replaces(facts: Facts) -> None:
    found = variables(facts(), environment={"LANG": "de_DE.UTF-8", "TZ": "UTC"})
    assert (found["LANG"], found["TZ"]) == ("de_DE.UTF-8", "UTC")
