"""The lines of a fleet are what their schema says."""

import json

import pytest
from jsonschema.exceptions import ValidationError

from analyzer.model.fleet import (
    BuildpackOutcome,
    FleetEntry,
    ScanOutcome,
    VerificationOutcome,
)
from analyzer.pipeline import TOOL
from analyzer.render.document.fleet import entry_document
from analyzer.render.schema import schema
from tests.fleet.entries import FLEET, entry, fails
from tests.render.closed_schema import strict_validator

REFUSED = FleetEntry(repository="gone", key=None, outcome=ScanOutcome.REFUSED, reason="there is no such folder")


@pytest.mark.parametrize("one", [*FLEET, REFUSED, entry("built", buildpacks=(fails("paketo", "boot::fixed-port"),))])
def test_every_key_is_described(one: FleetEntry) -> None:
    strict_validator("fleet").validate(entry_document(one, TOOL))


@pytest.mark.parametrize("key", ["repository", "outcome", "monthly_cost", "verification"])
def test_a_line_that_lacks_a_key_is_none(key: str) -> None:
    document = entry_document(FLEET[0], TOOL)
    del document[key]
    with pytest.raises(ValidationError, match=key):
        strict_validator("fleet").validate(document)


def test_the_words_are_those_of_the_model() -> None:
    known = json.loads(schema("fleet"))["properties"]
    assert known["outcome"]["enum"] == [one.value for one in ScanOutcome]
    assert set(known["buildpacks"]["items"]["properties"]["outcome"]["enum"]) == {one.value for one in BuildpackOutcome}
    verified = known["verification"]["anyOf"][1]
    assert verified["properties"]["outcome"]["enum"] == [one.value for one in VerificationOutcome]
