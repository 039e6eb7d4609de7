"""The schemas themselves."""

import json
import re
from dataclasses import fields

import pytest
from jsonschema import Draft202012Validator

from analyzer.buildpacks.registry import PREDICTORS
from analyzer.model.plan import Component, ComponentKind
from analyzer.model.prediction import Outcome, Step
from analyzer.render.schema import schema

DOCUMENTS = ("report", "detect", "plan", "fleet")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_schema_is_one_and_needs_no_other_file(document: str) -> None:
    text = schema(document)
    Draft202012Validator.check_schema(json.loads(text))
    definitions = json.loads(text)["$defs"].keys()
    assert set(re.findall(r'"#/\$defs/(\w+)"', text)) <= definitions
    assert re.findall(r'"\$ref": "(?!#/\$defs/)', text) == []


def test_the_schema_of_detect_shares_the_definitions_that_it_needs_and_no_others() -> None:
    report, detect = (json.loads(schema(document))["$defs"] for document in ("report", "detect"))
    assert detect.items() <= report.items()
    assert {"prediction", "predicted_failure", "evidence", "line"} <= detect.keys()
    assert not {"facts", "task_queue", "dependency"} & detect.keys()


def test_the_words_that_a_prediction_may_use_are_those_of_the_model() -> None:
    definitions = json.loads(schema("detect"))["$defs"]
    assert definitions["build_step"]["enum"] == [step.value for step in Step]
    assert definitions["predicted_collectstatic"]["properties"]["outcome"]["enum"] == [o.value for o in Outcome]
    assert definitions["prediction"]["properties"]["id"]["enum"] == [predictor.id for predictor in PREDICTORS]


def test_the_definitions_of_the_plan_are_the_classes_of_the_model() -> None:
    definitions = json.loads(schema("plan"))["$defs"]
    component = definitions["plan_component"]
    assert component["required"] == [one.name for one in fields(Component)]
    assert component["properties"]["kind"]["enum"] == [kind.value for kind in ComponentKind]
    assert component["properties"]["command"] == {
        "description": "As the platform's shell gets it; null for a static site and where the image's own CMD serves.",
        "$ref": "#/$defs/decision",
        "properties": {"value": {"type": ["string", "null"]}},
    }
    assert definitions["plan_variable"]["properties"]["local"]["type"] == ["string", "null"]
    assert definitions["plan_install"]["properties"]["environment"]["additionalProperties"] == {"type": "string"}
    assert definitions["plan_image"]["properties"]["assets"]["properties"]["value"] == {
        "anyOf": [{"$ref": "#/$defs/plan_assets"}, {"type": "null"}]
    }
    assert definitions["plan_deployment"]["properties"]["monthly_cost"] == {"$ref": "#/$defs/monthly_cost"}
