"""The catalogue of rules."""

from dataclasses import replace

from markdown_it import MarkdownIt

from analyzer.model.finding import Example
from analyzer.render.rules.markdown import render, render_rule
from tests.render.audits import CACHE, HOSTS, KEY


def test_a_table_and_a_part_for_each_rule() -> None:
    text = render((HOSTS, CACHE, KEY))
    assert text.startswith("# Rules\n\n3 rules, ")
    assert (
        "| [allowed-hosts-fixed](#allowed-hosts-fixed) | blocker | minutes | ALLOWED\\_HOSTS lacks the app's domain |\n"
        "| [secret-key-committed](#secret-key-committed) | risk | minutes | Title of secret-key-committed |\n"
        "| [local-memory-cache](#local-memory-cache) | advice | hours | Title of local-memory-cache |\n"
    ) in text
    headings = [one for one in text.splitlines() if one.startswith("#")]
    assert headings == [
        "# Rules",
        "## Health",
        "### allowed-hosts-fixed",
        "## Security",
        "### secret-key-committed",
        "## Sessions",
        "### local-memory-cache",
    ]


def test_one_rule() -> None:
    assert render_rule(HOSTS) == (
        "### allowed-hosts-fixed\n\n**ALLOWED\\_HOSTS lacks the app's domain** (blocker, ~minutes)\n\n"
        "Why allowed-hosts-fixed matters on the target.\n\n"
        "Found in:\n\n`shop/settings.py`, line 3\n\n```python\nfrom shop.defaults import *\n\nDEBUG = True\n```\n\n"
        "Not found in:\n\n`shop/settings.py`\n\n```python\nDEBUG = False\n```\n\n`db.sqlite3`: absent\n\n"
        "**Remedy:** Remedy of allowed-hosts-fixed.\n\n"
        '```\nALLOWED_HOSTS = os.environ["ALLOWED_HOSTS"].split(",")\n```\n\n'
        "- <https://docs.example/allowed-hosts-fixed>\n"
    )


def test_an_example_may_have_no_files_of_its_own() -> None:
    text = render_rule(replace(HOSTS, good=(Example(files={}),)))
    assert "Not found in:\n\nAny project that is in order.\n\n**Remedy:**" in text


def test_it_is_markdown() -> None:
    tokens = MarkdownIt().enable("table").parse(render((HOSTS, CACHE)))
    assert sum(one.type == "tr_open" for one in tokens) == 3
    assert sum(one.type == "fence" for one in tokens) == 5
