"""The texts of these buildpacks, and the tables of their release."""

from typing import Any

from analyzer.buildpacks.messages import Messages
from analyzer.buildpacks.tables import load

MESSAGES = Messages("heroku_cnb_messages")


def table() -> dict[str, Any]:
    """data/heroku_cnb.toml"""
    return load("heroku_cnb")
