"""Projects that keep files in S3 get a server for them, are led there, and their files arrive."""

import pytest

from analyzer.verify.object_storage import Storage, address, image_of, route
from tests.verify.app import Run

docker_test = [pytest.mark.timeout(600), pytest.mark.xdist_group("shop")]


def storage(given: str | None) -> Storage:
    return Storage(alias="default", bucket="goods", given=given, endpoint=given or "https://s3.amazonaws.com")


def test_every_variable_with_the_address_leads_to_the_server() -> None:
    environment = {"SPACES_ENDPOINT": "https://nyc3.example", "S3_URL": "https://nyc3.example", "OTHER": "x"}
    changed = route(environment, [storage("https://nyc3.example")])
    assert changed == {"SPACES_ENDPOINT": address(), "S3_URL": address()}


def test_without_an_address_in_the_settings_boto3_is_told() -> None:
    assert route({"OTHER": "x"}, [storage(None)]) == {"AWS_ENDPOINT_URL_S3": address()}


def test_an_address_that_no_variable_has_is_left_alone() -> None:
    assert route({"REGION": "nyc3"}, [storage("https://nyc3.example")]) == {}


def test_the_image_comes_from_the_option_the_environment_or_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    assert image_of({}).startswith("motoserver/moto:")
    monkeypatch.setenv("DOCTOR_IMAGE_S3", "from-environment:1")
    assert image_of({}) == "from-environment:1"
    assert image_of({"S3": "from-option:1"}) == "from-option:1"


class TestRun:
    """Real runs."""

    pytestmark = docker_test

    def test_static_files_are_uploaded_and_media_files_come_back(self, shop_that_works: Run) -> None:
        run = shop_that_works
        assert run.failures() == {}
        assert run.check("object-storage")["detail"].endswith("in place of https://fra1.digitaloceanspaces.com")
        assert run.check("static-uploaded")["outcome"] == "passed"
        assert run.check("static-uploaded")["detail"] == "goods.css"
        assert run.check("media-round-trip")["outcome"] == "passed"

    def test_a_job_that_uploads_nothing_is_noticed(self, shop_without_uploads: Run) -> None:
        run = shop_without_uploads
        failure = run.failures()["static-uploaded"]
        assert failure["cause"] == "goods.css is not in the bucket, although upload runs collectstatic"
        assert failure["evidence"] == [{"path": ".do/app.yaml", "line": 7, "note": ""}]

    def test_boto3_is_led_to_the_server_where_the_settings_say_nothing(self, shop_without_uploads: Run) -> None:
        run = shop_without_uploads
        assert run.check("object-storage")["detail"].endswith("https://s3.fra1.amazonaws.com")
        assert run.failures().keys() <= {"static-uploaded", "websocket"}

    def test_the_default_of_a_variable_that_the_spec_lacks_is_no_fixed_address(self, shop_without_uploads: Run) -> None:
        run = shop_without_uploads
        assert " in place of https://ams3.example.com, " in run.check("object-storage")["detail"]
        assert run.check("media-round-trip")["outcome"] == "passed"

    def test_an_address_in_the_settings_is_said_to_be_one(self, shop_with_fixed_address: Run) -> None:
        run = shop_with_fixed_address
        check = run.check("object-storage")
        assert check["outcome"] == "not applicable"
        assert check["detail"].endswith("no variable has the address https://ams3.digitaloceanspaces.com")
        assert not {"static-uploaded", "media-round-trip"} & {check["id"] for check in run.document["checks"]}
