"""What the images of the stacks have and what is missing in them."""

from collections.abc import Callable

import pytest

from analyzer.buildpacks.google.builder import predict_24
from analyzer.buildpacks.heroku_classic.compile import predict_newest, predict_v322
from analyzer.buildpacks.heroku_cnb.main import predict as predict_cnb
from analyzer.buildpacks.paketo.builder import predict as predict_paketo
from analyzer.buildpacks.source import Source
from analyzer.model.prediction import BuildpackPrediction, PredictedFailure, Step


def missing(prediction: BuildpackPrediction) -> list[PredictedFailure]:
    return [f for f in prediction.failures if f.step is Step.SYSTEM_PACKAGES]


@pytest.mark.parametrize("predict", [predict_v322, predict_newest, predict_cnb])
def test_a_library_that_no_image_has(
    project: Callable[..., Source], predict: Callable[[Source], BuildpackPrediction]
) -> None:
    found = missing(predict(project({"requirements.txt": "Django==5.2.7\npython-ldap==3.4.4\npyzbar==0.1.9\n"})))
    assert [(f.id, f.mode) for f in found] == [("system-packages::run", "D")]
    assert "pyzbar needs libzbar0" in found[0].message
    assert found[0].log == "ImportError: Unable to find zbar shared library"
    assert "libldap" not in found[0].message
    assert [(e.path, e.line) for e in found[0].evidence] == [("requirements.txt", 3)]


@pytest.mark.parametrize(
    ("predict", "id_"),
    [
        (predict_newest, "install-dependencies::pip"),
        (predict_cnb, "Unable to install dependencies using pip"),
    ],
)
def test_headers_that_no_image_has_stop_the_installer(
    project: Callable[..., Source], predict: Callable[[Source], BuildpackPrediction], id_: str
) -> None:
    found = missing(predict(project({"requirements.txt": "Django==5.2.7\npygraphviz==1.14\n"})))
    assert id_ in [f.id for f in found]


@pytest.mark.parametrize("predict", [predict_v322, predict_newest, predict_cnb])
def test_libraries_of_the_image_are_enough(
    project: Callable[..., Source], predict: Callable[[Source], BuildpackPrediction]
) -> None:
    given = project({"requirements.txt": "Django==5.2.7\npsycopg2==2.9.10\nmysqlclient==2.2.7\npython-magic==0.4.27\n"})
    assert missing(predict(given)) == []


def test_an_aptfile_is_read_on_app_platform_only(project: Callable[..., Source]) -> None:
    files = {"requirements.txt": "Django==5.2.7\npyzbar==0.1.9\n", "Aptfile": "# barcodes\nlibzbar0\n"}
    given = project(files)
    assert missing(predict_v322(given)) == []
    assert [f.id for f in missing(predict_newest(given))] == ["system-packages::run"]
    assert "nothing reads it" in next(s.text for s in predict_newest(given).statements if "Aptfile" in s.text)


GIS = {
    "site_settings.py": "INSTALLED_APPS = ['django.contrib.gis']\nSECRET_KEY = 'x'\n"
    "DATABASES = {'default': {'ENGINE': 'django.contrib.gis.db.backends.postgis'}}\n",
    "requirements.txt": "Django==5.2.7\npsycopg[binary]==3.2.10\n",
}


@pytest.mark.parametrize(
    ("predict", "names", "way"),
    [
        (predict_v322, "libgdal30, libgeos-c1v5 and libproj22", "list {} in an Aptfile"),
        (
            predict_newest,
            "libgdal34t64, libgeos-c1t64 and libproj25",
            "list {} in an Aptfile, and add an apt buildpack",
        ),
        (predict_cnb, "libgdal34t64, libgeos-c1t64 and libproj25", "install {} with the buildpack heroku/deb-packages"),
        (predict_paketo, "libgdal30, libgeos-c1v5 and libproj22", "install {} in images of your own"),
    ],
)
def test_the_change_has_the_names_and_the_way_of_the_platform(
    project: Callable[..., Source], predict: Callable[[Source], BuildpackPrediction], names: str, way: str
) -> None:
    (found,) = missing(predict(project(GIS)))
    assert found.fix.startswith(way.format(names))
    assert found.log.endswith("Could not find the GDAL library")


def test_what_a_package_of_the_aptfile_brings_is_there(project: Callable[..., Source]) -> None:
    assert missing(predict_v322(project({**GIS, "Aptfile": "gdal-bin\n"}))) == []
    assert missing(predict_v322(project({**GIS, "Aptfile": "postgresql-client\n"}))) != []


def test_what_no_installer_needs_does_not_stop_it(project: Callable[..., Source]) -> None:
    files = {"requirements.txt": "Django==5.2.7\nuwsgi==2.0.30\n", "locale/de/LC_MESSAGES/django.po": 'msgid ""\n'}
    assert missing(predict_24(project(files))) == []


def test_several_packages_are_told_together(project: Callable[..., Source]) -> None:
    found = missing(
        predict_paketo(project({"requirements.txt": "psycopg2==2.9.10\npython-ldap==3.4.4\nDjango==5.2.7\n"}))
    )
    build, run = found
    assert build.message.startswith("python-ldap and psycopg2 cannot be built without libldap-dev, libpq-dev and ")
    assert "fatal error: lber.h: No such file or directory … Error: pg_config executable not found." in build.log
    assert run.message.startswith("python-ldap and psycopg2 need ")


@pytest.mark.parametrize("predict", [predict_paketo, predict_24])
def test_what_a_dockerfile_alone_installs_is_none_of_a_buildpack(
    project: Callable[..., Source], predict: Callable[[Source], BuildpackPrediction]
) -> None:
    dockerfile = "FROM python:3.13\nRUN pip install -r requirements.txt mysqlclient\nCMD gunicorn app.wsgi\n"
    given = project({"requirements.txt": "Django==5.2.7\n", "Dockerfile": dockerfile})
    assert given.facts is not None
    assert given.facts.dependencies.has("mysqlclient")
    assert missing(predict(given)) == []


@pytest.mark.parametrize(
    ("root", "phases"),
    [({}, []), ({"requirements.txt": "-r requirements/production.txt\n"}, ["system-packages::run"])],
)
def test_a_file_in_a_folder_counts_where_the_folder_itself_includes_it(
    project: Callable[..., Source], root: dict[str, str], phases: list[str]
) -> None:
    files = {
        "requirements/production.txt": "Django==5.2.7\npyzbar==0.1.9\n",
        "pyproject.toml": '[project]\nname = "shop"\nversion = "1"\ndependencies = ["Django==5.2.7"]\n',
        "uv.lock": 'version = 1\nrequires-python = ">=3.12"\n',
        "Dockerfile": "FROM python:3.13\nRUN pip install -r requirements/production.txt\n",
        **root,
    }
    assert [f.id for f in missing(predict_paketo(project(files)))] == phases


@pytest.mark.parametrize("predict", [predict_newest, predict_cnb, predict_paketo, predict_24])
def test_what_only_an_extra_asks_for_is_not_installed(
    project: Callable[..., Source], predict: Callable[[Source], BuildpackPrediction]
) -> None:
    files = {
        "pyproject.toml": (
            '[project]\nname = "shop"\nversion = "1"\ndependencies = ["django (==5.2.7)"]\n\n'
            '[project.optional-dependencies]\nall = ["pygraphviz (==1.14)"]\n\n[tool.poetry]\npackage-mode = false\n'
        ),
        "poetry.lock": (
            '[[package]]\nname = "django"\nversion = "5.2.7"\noptional = false\ngroups = ["main"]\n\n'
            '[[package]]\nname = "pygraphviz"\nversion = "1.14"\noptional = true\ngroups = ["main"]\n'
            'markers = "extra == \\"all\\""\n\n'
            '[extras]\nall = ["pygraphviz"]\n\n[metadata]\nlock-version = "2.1"\npython-versions = ">=3.12"\n'
            'content-hash = "0"\n'
        ),
        "Dockerfile": (
            "FROM python:3.13\nCOPY . .\nRUN pip install poetry && poetry install --only main --extras all\n"
            "CMD gunicorn shop.wsgi\n"
        ),
    }
    given = project(files)
    assert given.facts is not None
    assert "libgraphviz-dev" in {package.package for package in given.facts.build_packages}
    assert missing(predict(given)) == []
