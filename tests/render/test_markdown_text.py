"""Text of any origin as Markdown: it comes out as it went in."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from analyzer.render.markdown_text import LONGEST, block, code, folded, plain, table, tag
from analyzer.render.text_layout import visible

AWKWARD = st.text(alphabet="ab1 @#|`*_[]()<>!&~$:/\\.-+=\n\t{}'\"wW", max_size=60)


def read(markdown: str) -> str:
    """The text that a reader sees, without the characters that keep links apart."""
    rendered = MarkdownIt().enable("table").render(markdown)
    return html.unescape(re.sub(r"<[^>]*>", "", rendered)).replace("\u200b", "")


@given(AWKWARD)
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert read(f"x {plain(text)} x").strip() == f"x {visible(text.strip())} x"
    assert read(plain(text)).strip() == visible(text.strip())


@given(AWKWARD)
def test_no_plain_text_makes_markup(text: str) -> None:
    rendered = MarkdownIt().enable("table").render(plain(text))
    assert set(re.findall(r"<(\w+)", rendered)) <= {"p"}


@given(AWKWARD)
def test_a_span_of_code_is_one_whatever_it_holds(text: str) -> None:
    rendered = MarkdownIt().render(f"x {code(text)} x")
    assert set(re.findall(r"<(\w+)", rendered)) == {"p", "code"}
    (inside,) = re.findall(r"<code>(.*)</code>", rendered, re.DOTALL)
    assert html.unescape(inside).strip() == visible(text).strip()


@given(st.lists(AWKWARD, max_size=4))
def test_a_block_of_code_is_closed_by_itself_alone(lines: list[str]) -> None:
    (fence,) = MarkdownIt().parse(block(lines))
    assert fence.type == "fence"
    wanted = [visible(line.replace("\t", "    ")) for text in lines for line in text.split("\n")]
    assert fence.content.split("\n")[: len(wanted)] == wanted


@given(st.lists(AWKWARD, min_size=2, max_size=2))
def test_a_table_keeps_its_cells(cells: list[str]) -> None:
    lines = table(("a", "b"), [(plain(cells[0]), code(cells[1]))])
    tokens = MarkdownIt().enable("table").parse("\n".join(lines))
    assert [one.type for one in tokens if one.type in ("tr_open", "th_open", "td_open")] == [
        *("tr_open", "th_open", "th_open"),
        *("tr_open", "td_open", "td_open"),
    ]


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("ask @octocat", "@octocat"),
        ("see #12", "#12"),
        ("see GH-12", "GH-12"),
        ("at https://evil.example", "://"),
        ("at www.evil.example", "www."),
        ("to a@evil.example", "@evil"),
    ],
)
def test_what_github_links_is_kept_apart(text: str, linked: str) -> None:
    assert linked not in plain(text)
    assert linked not in html.unescape(tag(text))
    assert read(plain(text)).strip() == text


def test_a_decorator_or_a_number_sign_is_not_changed_more_than_needed() -> None:
    assert plain("a @ b # c") == "a @ b # c"


def test_text_inside_an_element() -> None:
    assert tag("<b>\"x\" & 'y'</b>\n") == "&lt;b&gt;&quot;x&quot; &amp; &#x27;y&#x27;&lt;/b&gt;\\n"


def test_long_text_is_cut() -> None:
    assert len(plain("x" * 10_000)) == LONGEST + 4
    assert plain("x" * 10_000).endswith("x ...")


def test_folded_content_is_markdown_of_its_own() -> None:
    assert folded("t", "**x**") == "<details><summary>t</summary>\n\n**x**\n\n</details>"
    assert "<strong>x</strong>" in MarkdownIt().render(folded("t", "**x**"))
