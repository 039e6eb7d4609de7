"""`doctor explain`: what the rules are about."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from analyzer.cli.options import Colour
from analyzer.cli.support import failures
from analyzer.console import When, print_text, uses_colour, width_of


class Format(StrEnum):
    """How rules are told."""

    TERMINAL = "terminal"
    JSON = "json"
    MARKDOWN = "markdown"


def explain(
    rule: Annotated[
        str | None, typer.Argument(metavar="RULE", help="Id of a rule, or a category; all without it.")
    ] = None,
    format_: Annotated[Format, typer.Option("--format", "-f", help="Format of the answer.")] = Format.TERMINAL,
    color: Colour = When.AUTO,
) -> None:
    """Say what a rule finds, why that matters and what to do about it; without one, list them all."""
    with failures(verbose=False):
        from analyzer.pipeline import TOOL
        from analyzer.rules.registry import all_rules, chosen_rules

        rules = [one.info for one in (all_rules() if rule is None else chosen_rules(only=[rule]))]
        one = next((info for info in rules if info.id == rule), None)
        width, colour = width_of(sys.stdout), uses_colour(color, sys.stdout)
        if format_ is Format.JSON:
            from analyzer.render.rules.json import render

            print_text(render(rules, TOOL))
        elif format_ is Format.MARKDOWN:
            from analyzer.render.rules import markdown

            print_text(markdown.render(rules) if one is None else markdown.render_rule(one))
        else:
            from analyzer.render.rules import terminal

            if one is None:
                print_text(terminal.render_list(rules, TOOL, width=width, colour=colour))
            else:
                print_text(terminal.render_rule(one, width=width, colour=colour))
