"""Workloads of Kubernetes."""

from analyzer.facts.existing.kubernetes import kubernetes_workloads
from analyzer.model.facts import ProcessType
from tests.facts.conftest import MakeRepository
from tests.facts.existing.summary import commands, environment

DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  template:
    spec:
      initContainers:
        - name: migrate
          command: [python, manage.py]
          args: [migrate]
      containers:
        - name: web
          command: ["/bin/sh", "-c"]
          args:
            - |
              python manage.py check
              gunicorn app.wsgi
          env:
            - name: DJANGO_SETTINGS_MODULE
              value: app.production
            - name: SECRET_KEY
              valueFrom: {secretKeyRef: {name: x, key: y}}
        - name: proxy
"""
CRON = (
    "kind: CronJob\nmetadata: {name: nightly}\nspec:\n  jobTemplate:\n    spec:\n      template:\n        spec:\n"
    "          containers:\n          - args: [python, manage.py, clean]\n"
)


def test_a_deployment(repository: MakeRepository) -> None:
    found = list(kubernetes_workloads(repository({"manage.py": "", "k8s/web.yaml": DEPLOYMENT}), "."))
    assert commands(found) == [
        ("shop", "python manage.py migrate", 10),
        ("shop", "python manage.py check\ngunicorn app.wsgi\n", 17),
        ("shop", "", 24),
    ]
    assert [d.prepares for d in found] == [True, False, False]
    assert environment(found[1].environment) == {
        "DJANGO_SETTINGS_MODULE": ("app.production", 20),
        "SECRET_KEY": (None, 22),
    }


def test_other_kinds(repository: MakeRepository) -> None:
    files = {
        "manage.py": "",
        "a.yaml": CRON,
        "b.yaml": "kind: Pod\nspec:\n  containers:\n  - name: x\n    args: [celery, -A, app, worker]\n",
        "c.yaml": "kind: Service\nspec:\n  containers:\n  - args: [x]\n",
        "d.yaml": "kind: Deployment\nspec: {{ template }}\n",
        "e.yaml": "kind: Deployment\nspec: text\n",
    }
    found = list(kubernetes_workloads(repository(files), "."))
    assert commands(found) == [("nightly", "python manage.py clean", 9), ("x", "celery -A app worker", 5)]
    assert [d.hint for d in found] == [ProcessType.OTHER, None]


def test_every_document_of_a_file(repository: MakeRepository) -> None:
    service = "kind: Service\nspec:\n  containers:\n  - args: [x]\n"
    pod = "kind: Pod\nmetadata: {name: worker}\nspec:\n  containers:\n  - args: [celery, -A, app, worker]\n"
    listed = "kind: List\nitems:\n- kind: Pod\n  spec: {containers: [{args: [huey]}]}\n- kind: Secret\n"
    text = f"# shop\n{service}---\n{CRON}---\n# empty\n---\n- text\n---\n{pod}---\n{listed}"
    found = list(kubernetes_workloads(repository({"manage.py": "", "k8s.yaml": text}), "."))
    assert commands(found) == [
        ("nightly", "python manage.py clean", 15),
        ("worker", "celery -A app worker", 25),
        ("", "huey", 30),
    ]
    assert [d.hint for d in found] == [ProcessType.OTHER, None, None]


def test_the_folders_say_what_a_manifest_is_for(repository: MakeRepository) -> None:
    names = ["docs/k8s/deployment.yaml", "k8s/deployment.yaml", "k8s/production/web.yaml"]
    found = kubernetes_workloads(repository({"manage.py": "", **dict.fromkeys(names, CRON)}), ".")
    assert {d.file: d.production for d in found} == dict(zip(names, [False, True, True], strict=True))
