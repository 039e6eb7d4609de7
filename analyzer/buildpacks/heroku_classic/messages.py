"""The texts of this buildpack."""

from analyzer.buildpacks.messages import Messages

MESSAGES = Messages("heroku_classic_messages")
