"""What the plan cannot repair."""

import pytest

from tests.plan.conftest import CELERY, MakePlan, codes


@pytest.mark.parametrize("image", ["elasticsearch:8", "memcached", "mongo:7", "minio/minio"])
def test_services_that_are_not_offered(plan: MakePlan, image: str) -> None:
    made = plan({"compose.yaml": f"services:\n  other:\n    image: {image}\n"})
    (note,) = [n for n in made.notes if n.code == "service-not-offered"]
    assert note.evidence[0].line == 3


def test_services_that_are(plan: MakePlan) -> None:
    made = plan(
        {"compose.yaml": "services:\n  db: {image: postgres}\n  cache: {image: redis}\n  web: {image: nginx}\n"}
    )
    assert "service-not-offered" not in codes(made)


def test_rabbitmq(plan: MakePlan) -> None:
    settings = "CELERY_BROKER_URL = os.environ.get('BROKER_URL', 'amqp://guest@localhost')\n"
    made = plan({"shop/celery.py": CELERY, "compose.yaml": "services:\n  mq: {image: rabbitmq}\n"}, settings=settings)
    assert "broker-not-offered" in codes(made)
    assert "service-not-offered" not in codes(made)
    assert [(v.value.value, v.secret) for v in made.variables if v.name == "BROKER_URL"] == [(None, True)]
    redis = settings.replace("amqp", "redis")
    assert "broker-not-offered" not in codes(plan({"shop/celery.py": CELERY}, settings=redis))


@pytest.mark.parametrize(
    ("backend", "noted"),
    [
        ("memcached.PyMemcacheCache", True),
        ("locmem.LocMemCache", False),
    ],
)
def test_memcached(plan: MakePlan, backend: str, noted: bool) -> None:
    name = f"django.core.cache.backends.{backend}"
    made = plan(settings=f"CACHES = {{'default': {{'BACKEND': '{name}', 'LOCATION': 'x:11211'}}}}\n")
    assert ("service-not-offered" in codes(made)) is noted


def test_a_store_without_an_endpoint_stays_where_it_is(plan: MakePlan) -> None:
    settings = (
        "STORAGES = {'default': {'BACKEND': 'storages.backends.s3.S3Storage'}}\n"
        "AWS_STORAGE_BUCKET_NAME = os.environ['BUCKET']\n"
    )
    made = plan(settings=settings)
    assert "store-stays-elsewhere" in codes(made)
    assert all(item.name != "Spaces" for item in made.cost.items)
    made = plan(settings=settings + "AWS_S3_ENDPOINT_URL = 'https://fra1.digitaloceanspaces.com'\n")
    assert "store-stays-elsewhere" not in codes(made)
    assert [item.cents for item in made.cost.items if item.name == "Spaces"] == [500]


def test_autoscaling_of_the_existing_spec_is_not_lost_silently(plan: MakePlan) -> None:
    spec = "services:\n- name: api\n  autoscaling: {min_instance_count: 1, max_instance_count: 3}\n"
    assert "autoscaling-left-out" in codes(plan({".do/app.yaml": spec}))
    assert "autoscaling-left-out" not in codes(plan({".do/app.yaml": "services:\n- name: api\n"}))


def test_a_secret_in_a_command_is_not_carried_over(plan: MakePlan) -> None:
    made = plan({"Procfile": "web: gunicorn shop.wsgi\nsync: python manage.py sync --api-token abc123\n"})
    note = next(note for note in made.notes if note.code == "secret-in-command")
    assert (note.evidence[0].path, note.evidence[0].line) == ("Procfile", 2)
    assert "components.sync.command" in note.remedy
    assert "secret-in-command" not in codes(plan({"Procfile": "sync: python manage.py sync --api-token $TOKEN\n"}))
