"""The Debian packages that requirements and features of a Django project need."""

from collections.abc import Callable

import pytest

from analyzer.facts.collect import collect_facts
from analyzer.model.evidence import Evidence
from analyzer.model.facts import ProjectFacts, SystemPackage
from tests.facts.conftest import MakeRepository

SETTINGS = 'SECRET_KEY = "x"\nINSTALLED_APPS = []\n'
MANAGE = 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_.settings")\n'
C = {"gcc", "libc6-dev"}


@pytest.fixture
def project(repository: MakeRepository) -> Callable[..., ProjectFacts]:
    def collect(requirements: str, files: dict[str, str] | None = None, *, python: str | None = None) -> ProjectFacts:
        base = {
            "manage.py": MANAGE,
            "site_/__init__.py": "",
            "site_/settings.py": SETTINGS,
            "requirements.txt": f"django\n{requirements}\n",
        }
        pinned = {} if python is None else {".python-version": python}
        facts = collect_facts(repository({**base, **pinned, **(files or {})}))
        assert isinstance(facts, ProjectFacts)
        return facts

    return collect


def names(packages: tuple[SystemPackage, ...]) -> set[str]:
    return {package.package for package in packages}


def because(packages: tuple[SystemPackage, ...]) -> set[str]:
    return {package.because for package in packages}


@pytest.mark.parametrize(
    ("requirement", "build", "run"),
    [
        ("psycopg2", {*C, "libpq-dev"}, {"libpq5"}),
        ("Psycopg2==2.9.10", {*C, "libpq-dev"}, {"libpq5"}),
        ("psycopg2-binary", set(), set()),
        ("psycopg", set(), {"libpq5"}),
        ("psycopg[binary]", set(), set()),
        ("psycopg[c]", {*C, "libpq-dev"}, {"libpq5"}),
        ("psycopg\npsycopg-binary", set(), set()),
        ("mysqlclient", {*C, "pkg-config", "default-libmysqlclient-dev"}, {"libmariadb3"}),
        ("pymysql", set(), set()),
        ("Pillow", set(), set()),
        ("lxml", set(), set()),
        ("cryptography", set(), set()),
        ("python-ldap", {*C, "libldap-dev", "libsasl2-dev"}, {"libldap2", "libsasl2-2"}),
        ("python-magic", set(), {"libmagic1t64"}),
        ("uwsgi", {"build-essential", "libpcre2-dev", "libssl-dev"}, {"libpcre2-8-0"}),
        ("pdfkit", set(), {"wkhtmltopdf"}),
        ("pyvips[binary]", set(), set()),
        ("xhtml2pdf", set(), set()),
        ("xhtml2pdf[pycairo]", {*C, "pkg-config", "libcairo2-dev"}, {"libcairo2"}),
        ("pywin32; sys_platform == 'win32'\npython-magic; sys_platform == 'win32'", set(), set()),
        ("python-magic; sys_platform == 'linux'", set(), {"libmagic1t64"}),
    ],
)
def test_requirements(project: Callable[..., ProjectFacts], requirement: str, build: set[str], run: set[str]) -> None:
    facts = project(requirement)
    assert names(facts.build_packages) == build
    assert names(facts.run_packages) == run


def test_a_package_names_its_reason_and_its_names(project: Callable[..., ProjectFacts]) -> None:
    assert project("gunicorn\npython-magic==0.4.27").run_packages == (
        SystemPackage(
            package="libmagic1t64",
            because="python-magic",
            evidence=Evidence(path="requirements.txt", line=3, note="python-magic==0.4.27"),
            names=(("trixie", "libmagic1t64"), ("bookworm", "libmagic1")),
        ),
    )


@pytest.mark.parametrize(
    ("requirement", "python", "reason"),
    [
        ("Pillow==9.5.0", "3.12", "pillow ==9.5.0 (no wheel for Python 3.12)"),
        ("Pillow==9.5.0", "3.12.4", "pillow ==9.5.0 (no wheel for Python 3.12)"),
        ("Pillow==9.5.0", "3.11", None),
        ("Pillow==9.5.0", None, None),
        ("Pillow", "3.12", None),
        ("Pillow>=9", "3.12", None),
        ("Pillow<10", "3.12", "pillow <10 (no wheel for Python 3.12)"),
        ("Pillow<10.1", "3.12", None),
        ("Pillow~=9.5.0", "3.12", "pillow ~=9.5.0 (no wheel for Python 3.12)"),
        ("Pillow~=9.5", "3.12", "pillow ~=9.5 (no wheel for Python 3.12)"),
        ("Pillow==9.*", "3.12", "pillow ==9.* (no wheel for Python 3.12)"),
        ("Pillow==10.0.0", "3.13", "pillow ==10.0.0 (no wheel for Python 3.13)"),
        ("Pillow==10.4.0", "3.13", None),
        ("lxml==4.9.2", "3.12", "lxml ==4.9.2 (no wheel for Python 3.12)"),
        ("cryptography==3.4.8", "3.13", None),
        ("psycopg2-binary==2.9.9", "3.13", "psycopg2-binary ==2.9.9 (no wheel for Python 3.13)"),
        ("psycopg2-binary==2.9.9", "3.12", None),
        ("pycurl==7.45.2", "3.11", "pycurl ==7.45.2 (no wheel for Python 3.11)"),
        ("pycurl==7.45.3", "3.12", None),
        ("xmlsec==1.3.14", "3.13", "xmlsec ==1.3.14 (no wheel for Python 3.13)"),
        ("xmlsec==1.3.13", "3.11", "xmlsec ==1.3.13 (no wheel for Python 3.11)"),
        ("python-snappy==0.6.1", "3.12", "python-snappy ==0.6.1 (no wheel for Python 3.12)"),
        ("hiredis==2.2.3", "3.13", "hiredis ==2.2.3 (no wheel for Python 3.13)"),
        ("gevent==23.9.1", "3.13", "gevent ==23.9.1 (no wheel for Python 3.13)"),
        ("confluent-kafka==2.3.0", "3.13", "confluent-kafka ==2.3.0 (no wheel for Python 3.13)"),
        ("pydantic-core==2.14.6", "3.13", "pydantic-core ==2.14.6 (no wheel for Python 3.13)"),
        ("cffi==1.15.1", "3.12", "cffi ==1.15.1 (no wheel for Python 3.12)"),
        ("PyYAML==6.0", "3.12", "pyyaml ==6.0 (no wheel for Python 3.12)"),
        ("reportlab==3.6.13", "3.12", "reportlab ==3.6.13 (no wheel for Python 3.12)"),
        ("pandas==2.0.3", "3.13", "pandas ==2.0.3 (no wheel for Python 3.13)"),
        ("pygraphviz==1.14", "3.12", "pygraphviz ==1.14 (no wheel for Python 3.12)"),
        ("Pillow==9.5.0", "3.20", None),
        ("pylibmc", "3.13", "pylibmc (no wheel for Python 3.13)"),
        ("pylibmc", "3.11", None),
        ("pylibmc", None, "pylibmc (no wheel for recent Python)"),
        ("Pillow @ git+https://example.com/pillow.git", "3.12", "pillow (built from its source)"),
        ("Pillow @ https://example.com/pillow-9.0-cp312-none-any.whl", "3.12", None),
    ],
)
def test_a_version_without_wheel_is_built(
    project: Callable[..., ProjectFacts], requirement: str, python: str | None, reason: str | None
) -> None:
    facts = project(requirement, python=python)
    built = {p for p in facts.build_packages if not p.because.endswith("(from its repository)")}
    assert {package.because for package in built} == ({reason} if reason else set())
    assert bool(names(tuple(built)) & {"gcc", "g++", "build-essential"}) == bool(reason)


@pytest.mark.parametrize(
    ("requires", "built"),
    [
        ("~=3.12.0", True),
        ("==3.12.*", True),
        (">=3.12,<3.13", True),
        (">=3.12", False),
        ("==3.11.*", False),
        (">=3.14", False),
        ("junk", False),
    ],
)
def test_a_range_that_leaves_one_python(project: Callable[..., ProjectFacts], requires: str, built: bool) -> None:
    pyproject = f'[project]\nname = "x"\nrequires-python = "{requires}"\ndependencies = ["Pillow==9.5.0"]\n'
    facts = project("", {"pyproject.toml": pyproject, "requirements.txt": "Pillow==9.5.0"})
    assert bool(facts.build_packages) is built


def test_run_time_libraries_of_what_is_built(project: Callable[..., ProjectFacts]) -> None:
    assert names(project("lxml==4.9.2", python="3.12").run_packages) == {"libxml2", "libxslt1.1"}


def test_what_a_package_needed_before(project: Callable[..., ProjectFacts]) -> None:
    assert "libgdk-pixbuf-2.0-0" in names(project("weasyprint==52.5").run_packages)
    newer = names(project("weasyprint==53.0").run_packages)
    assert "libgdk-pixbuf-2.0-0" not in newer
    assert "libpangoft2-1.0-0" in newer


def test_a_package_that_pulls_another(project: Callable[..., ProjectFacts]) -> None:
    alone = project("django-auth-ldap")
    assert because(alone.build_packages) == {"django-auth-ldap (through python-ldap)"}
    assert because(project("django-auth-ldap\npython-ldap").build_packages) == {"python-ldap"}


def test_development_requirements_do_not_count(project: Callable[..., ProjectFacts]) -> None:
    facts = project("", {"requirements-dev.txt": "psycopg2\n"})
    assert facts.build_packages == ()
    assert facts.run_packages == ()


@pytest.mark.parametrize(
    ("requirement", "build"),
    [
        ("git+https://example.com/a/b.git#egg=b", {"git", "ca-certificates"}),
        ("-e git+ssh://git@example.com/a/b.git#egg=b", {"git", "ca-certificates", "openssh-client"}),
        ("b @ hg+https://example.com/a/b", {"mercurial", "ca-certificates"}),
        ("b @ https://example.com/a/b/archive/main.zip", set()),
        ("https://example.com/b-1.0.tar.gz", set()),
        ("./vendor/b", set()),
    ],
)
def test_requirements_from_repositories(
    project: Callable[..., ProjectFacts], requirement: str, build: set[str]
) -> None:
    facts = project(requirement, {"vendor/b/setup.py": ""})
    assert names(facts.build_packages) == build
    assert because(facts.build_packages) <= {"b (from its repository)"}


def test_geodjango(project: Callable[..., ProjectFacts]) -> None:
    apps = 'SECRET_KEY = "x"\n\nINSTALLED_APPS = ["django.contrib.gis"]\n'
    facts = project("", {"site_/settings.py": apps})
    assert {p.package: dict(p.names)["bookworm"] for p in facts.run_packages} == {
        "libgdal36": "libgdal32",
        "libgeos-c1t64": "libgeos-c1v5",
        "libproj25": "libproj25",
    }
    assert because(facts.run_packages) == {"django.contrib.gis"}
    assert {(p.evidence.path, p.evidence.line) for p in facts.run_packages} == {("site_/settings.py", 3)}


def test_spatialite(project: Callable[..., ProjectFacts]) -> None:
    engine = 'DATABASES = {"default": {"ENGINE": "django.contrib.gis.db.backends.spatialite", "NAME": "x"}}\n'
    facts = project("", {"site_/settings.py": SETTINGS + engine})
    assert "libsqlite3-mod-spatialite" in names(facts.run_packages)


def test_compilemessages(project: Callable[..., ProjectFacts]) -> None:
    po = "locale/de/LC_MESSAGES/django.po"
    assert [(p.package, p.because, p.evidence.path) for p in project("", {po: ""}).build_packages] == [
        ("gettext", "compilemessages", po)
    ]
    assert project("", {po: "", po.replace(".po", ".mo"): ""}).build_packages == ()


@pytest.mark.parametrize(
    ("engine", "client"),
    [("postgresql", {"postgresql-client"}), ("mysql", {"default-mysql-client"}), ("sqlite3", set())],
)
def test_database_clients(project: Callable[..., ProjectFacts], engine: str, client: set[str]) -> None:
    databases = f'DATABASES = {{"default": {{"ENGINE": "django.db.backends.{engine}", "NAME": "x"}}}}\n'
    files = {"site_/settings.py": SETTINGS + databases}
    assert names(project("django-dbbackup", files).run_packages) == client
    assert names(project("", files).run_packages) == set()


def test_what_files_name_stands_beside_what_is_needed(project: Callable[..., ProjectFacts]) -> None:
    facts = project("psycopg2", {"Aptfile": "libpq5\nffmpeg\n"})
    assert [(p.package, p.because) for p in facts.run_packages] == [
        ("ffmpeg", "Aptfile"),
        ("libpq5", "Aptfile"),
        ("libpq5", "psycopg2"),
    ]


def test_pins_without_a_wheel_by_python(project: Callable[..., ProjectFacts]) -> None:
    facts = project("psycopg2-binary==2.9.9\npillow>=9", python="3.12")
    assert [gap.requirement for gap in facts.on_python["3.13"].gaps] == ["psycopg2-binary==2.9.9"]
    assert facts.on_python["3.13"].gaps[0].buildable is True
    assert facts.on_python["3.13"].gaps[0].evidence.line == 2
    assert "libpq-dev" in names(facts.on_python["3.13"].build_packages)
    assert (facts.on_python["3.12"].gaps, facts.build_packages) == ((), ())


def test_an_extra_of_the_same_release_has_its_pin(project: Callable[..., ProjectFacts]) -> None:
    (gap,) = project("psycopg[binary]==3.1.18").on_python["3.13"].gaps
    assert (gap.requirement, gap.buildable) == ("psycopg-binary==3.1.18", False)
    assert project("psycopg[binary]==3.2.9").on_python["3.13"].gaps == ()


def test_a_package_is_pure_before_it_is_compiled(project: Callable[..., ProjectFacts]) -> None:
    assert project("pydantic==1.10.13").on_python["3.13"].gaps == ()
    assert [gap.requirement for gap in project("pydantic==2.5.3").on_python["3.13"].gaps] == ["pydantic==2.5.3"]
