"""AWS Elastic Beanstalk."""

from analyzer.facts.existing.elastic_beanstalk import elastic_beanstalk
from analyzer.model.facts import ProcessType
from tests.facts.conftest import MakeRepository
from tests.facts.existing.summary import commands, environment

CONFIGURATION = """\
option_settings:
  aws:elasticbeanstalk:application:environment:
    DJANGO_SETTINGS_MODULE: app.production
  aws:elasticbeanstalk:container:python:
    WSGIPath: app.wsgi:application
container_commands:
  01_migrate:
    command: "source /var/app/venv/*/bin/activate && python manage.py migrate"
    leader_only: true
  02_nothing: {leader_only: true}
"""


def test_environment_and_container_commands(repository: MakeRepository) -> None:
    found = list(elastic_beanstalk(repository({"manage.py": "", ".ebextensions/01.config": CONFIGURATION}), "."))
    assert commands(found) == [
        ("web", "", 3),
        ("01_migrate", "source /var/app/venv/*/bin/activate && python manage.py migrate", 8),
    ]
    assert [(d.hint, d.prepares) for d in found] == [(None, False), (ProcessType.RELEASE, True)]
    assert environment(found[0].environment) == {"DJANGO_SETTINGS_MODULE": ("app.production", 3)}


def test_the_list_form(repository: MakeRepository) -> None:
    text = (
        "option_settings:\n  - namespace: aws:elasticbeanstalk:application:environment\n"
        "    option_name: A\n    value: 1\n"
        "  - option_name: B\n    value: 2\n  - namespace: aws:elasticbeanstalk:container:python\n"
        "    option_name: WSGIPath\n    value: x\n"
    )
    (found,) = elastic_beanstalk(repository({"manage.py": "", ".ebextensions/django.config": text}), ".")
    assert environment(found.environment) == {"A": ("1", 2), "B": ("2", 5)}


def test_hooks(repository: MakeRepository) -> None:
    files = {
        "manage.py": "",
        ".platform/hooks/postdeploy/01.sh": "#!/bin/bash\npython manage.py migrate\n",
        ".platform/hooks/prebuild/01.sh": "#!/bin/bash\nyum install x\n",
        ".ebextensions/broken.config": "a: [\n",
        "other/01.config": CONFIGURATION,
    }
    (found,) = elastic_beanstalk(repository(files), ".")
    assert (found.name, found.prepares, found.evidence.path) == ("01.sh", True, ".platform/hooks/postdeploy/01.sh")
