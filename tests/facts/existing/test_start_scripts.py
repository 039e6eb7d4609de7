"""Scripts by their names."""

from analyzer.facts.existing.start_scripts import start_scripts
from tests.facts.conftest import MakeRepository


def test_names_and_folders(repository: MakeRepository) -> None:
    script = "#!/bin/sh\ngunicorn app\n"
    names = [
        "start.sh",
        "run_celery.sh",
        "azure-startup.sh",
        "bin/web",
        "scripts/entrypoint.sh",
        "backend/docker/start-worker.sh",
        "run_tests.sh",
        "build.sh",
        "restart.py",
        "deep/down/start.sh",
    ]
    repo = repository(
        {"backend/manage.py": "", **dict.fromkeys(names, script), "backend/server": "text", "web.sh": "gunicorn x"}
    )
    found = {d.file: d for d in start_scripts(repo, "backend")}
    assert sorted(found) == [
        "azure-startup.sh",
        "backend/docker/start-worker.sh",
        "bin/web",
        "run_celery.sh",
        "run_tests.sh",
        "scripts/entrypoint.sh",
        "start.sh",
        "web.sh",
    ]
    assert [path for path, d in found.items() if not d.production] == ["run_tests.sh"]
    assert (found["bin/web"].command, found["bin/web"].place.start) == (script, ".")
