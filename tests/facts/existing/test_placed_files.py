"""Python files that an image build puts elsewhere."""

from analyzer.facts.existing.placed_files import placed_files
from tests.facts.conftest import MakeRepository


def test_copies_into_the_tree(repository: MakeRepository) -> None:
    files = {
        "manage.py": "",
        "settings/__init__.py": "",
        "docker/config.py": "",
        "docker/other.py": "",
        "Dockerfile": "FROM a\nWORKDIR /app\nCOPY . .\nRUN cp docker/config.py settings/config.py && true\n"
        "COPY docker/other.py /app/settings/\nRUN cp missing.py settings/x.py; cp manage.py nowhere/y.py\n",
    }
    found = placed_files(repository(files), ".")
    assert [(one.place, one.origin, str(one.evidence.path), one.evidence.line) for one in found] == [
        ("settings/config.py", "docker/config.py", "Dockerfile", 4),
        ("settings/other.py", "docker/other.py", "Dockerfile", 5),
    ]


def test_a_template_that_becomes_a_module(repository: MakeRepository) -> None:
    files = {
        "manage.py": "",
        "conf/docker.py.template": "",
        "Dockerfile": "FROM a\nWORKDIR /app\nCOPY . .\nCOPY conf/docker.py.template site_conf.py\n"
        "COPY conf/docker.py.template other\n",
    }
    (found,) = placed_files(repository(files), ".")
    assert (found.place, found.origin, found.evidence.line) == ("site_conf.py", "conf/docker.py.template", 4)


def test_the_line_of_a_long_instruction(repository: MakeRepository) -> None:
    files = {
        "settings/__init__.py": "",
        "docker/config.py": "",
        "Dockerfile": "FROM a\nRUN set -eux; \\\n    cat docker/config.py; \\\n"
        "    cp docker/config.py settings/config.py; true\n",
    }
    (found,) = placed_files(repository(files), ".")
    assert found.evidence.line == 4


def test_development_images_and_files_that_are_there(repository: MakeRepository) -> None:
    files = {
        "manage.py": "",
        "settings/config.py": "",
        "docker/config.py": "",
        "Dockerfile": "FROM a\nRUN cp docker/config.py settings/config.py\n",
        "Dockerfile.dev": "FROM a\nRUN cp docker/config.py settings/dev.py\n",
    }
    assert placed_files(repository(files), ".") == ()
