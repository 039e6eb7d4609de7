"""Rules as JSON."""

import json

from analyzer.model.report import Tool
from analyzer.render.rules.json import render
from tests.render.audits import HOSTS, KEY


def test_every_rule_with_its_texts_and_examples() -> None:
    document = json.loads(render((HOSTS, KEY), Tool(name="doctor", version="1.2.3")))
    assert document["tool"] == {"name": "doctor", "version": "1.2.3"}
    assert [one["id"] for one in document["rules"]] == [HOSTS.id, KEY.id]
    hosts, key = document["rules"]
    assert (hosts["severity"], hosts["category"], hosts["area"], hosts["effort"]) == (
        "blocker",
        "health",
        "boot",
        "minutes",
    )
    assert (hosts["security"], key["security"]) == (False, True)
    assert hosts["bad"] == [
        {"files": {"shop/settings.py": "from shop.defaults import *\n\nDEBUG = True\n"}, "path": None, "line": 3}
    ]
    assert hosts["good"][0]["files"]["db.sqlite3"] is None
