"""Whatever is typed, the page gets safe HTML that shows it."""

from __future__ import annotations

import os
import random
import threading

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustwide.engines.text import rendering, to_html, to_plain
from trustwide.engines.text.tests.checking import PIECES, REL, made_up, wrong_in

#: As long as what is typed gets; a short run leaves a fifth of it.
LONG = 100_000 if os.environ.get("TRUSTWIDE_FULL") else 20_000
TYPED = st.lists(st.sampled_from(PIECES) | st.text(st.characters(), max_size=6), max_size=30).map("".join)


def link(address: str, words: str) -> str:
    return f'<a href="{address}" rel="{REL}">{words}</a>'


@given(typed=TYPED)
def test_only_allowed_html_comes_out(typed: str) -> None:
    assert wrong_in(to_html(typed)) == []


@given(typed=TYPED)
def test_sanitising_again_changes_nothing(typed: str) -> None:
    once = to_html(typed)
    assert rendering._CLEANER.clean(once) == once
    assert nh3.clean(once, tags=rendering.TAGS, attributes={"a": {"href"}, "ol": {"start"}}, link_rel=REL) == once


@given(typed=TYPED)
def test_plain_text_is_one_tidy_line(typed: str) -> None:
    plain = to_plain(typed)
    assert plain == " ".join(plain.split())
    plain.encode()


@given(words=st.lists(st.text("abcdefghij", min_size=1), min_size=1))
def test_plain_words_come_out_as_they_were(words: list[str]) -> None:
    typed = " ".join(words)
    assert to_html(typed) == f"<p>{typed}</p>\n"
    assert to_plain(typed) == typed


@given(words=st.lists(st.text("abcdefghij", min_size=1), min_size=1), typed=st.data())
def test_no_word_is_lost_whatever_the_marks(words: list[str], typed: st.DataObject) -> None:
    marks = st.sampled_from(
        ["*", "**", "_", "> ", ">" * 30, "- ", "\n", "\n\n", "# ", "[", "](", "`", "\n```\n", "<", "    "]
    )
    marked = "".join(typed.draw(marks) + f" {word} " for word in words)
    shown = to_plain(marked)
    assert [word for word in words if word not in shown] == []


#: What was typed, and the exact HTML.
EXACT = {
    # What people type.
    "": "",
    " \n\t": "",
    "We *tried* **it**": "<p>We <em>tried</em> <strong>it</strong></p>\n",
    "one\ntwo\r\nthree\rfour": "<p>one<br>\ntwo<br>\nthree<br>\nfour</p>\n",
    "- a\n- b": "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n",
    "3. c\n4. d": '<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>\n',
    "> said": "<blockquote>\n<p>said</p>\n</blockquote>\n",
    "# A\n## B\n### C": "<h3>A</h3>\n<h4>B</h4>\n<h4>C</h4>\n",
    "## B\n# A\n## C": "<h3>B</h3>\n<h3>A</h3>\n<h4>C</h4>\n",
    "#": "<p>#</p>\n",
    "Total\n-----\n\n___": "<p>Total<br>\n-----</p>\n<p>___</p>\n",
    "    four spaces": "<p>four spaces</p>\n",
    "[1]: not lost": "<p>[1]: not lost</p>\n",
    "`a < b` & c": "<p><code>a &lt; b</code> &amp; c</p>\n",
    "```html\n<b>\n```": "<pre><code>&lt;b&gt;\n</code></pre>\n",
    "| a | b |\n|---|---|\n| 1 | 2 |": "<p>| a | b |<br>\n|---|---|<br>\n| 1 | 2 |</p>\n",
    "5 < 6 > 4 && \"x\" 'y' £ é 😀": "<p>5 &lt; 6 &gt; 4 &amp;&amp; \"x\" 'y' £ é 😀</p>\n",
    # Links.
    "[us](https://a.example/x?y=1&z=2)": f"<p>{link('https://a.example/x?y=1&amp;z=2', 'us')}</p>\n",
    '[us](http://a.example "a title")': f"<p>{link('http://a.example', 'us')}</p>\n",
    "<a@b.example>": f"<p>{link('mailto:a@b.example', 'a@b.example')}</p>\n",
    "See https://a.example/b_(c).": f"<p>See {link('https://a.example/b_(c)', 'https://a.example/b_(c)')}.</p>\n",
    "(https://a.example/)": f"<p>({link('https://a.example/', 'https://a.example/')})</p>\n",
    "`https://a.example`": "<p><code>https://a.example</code></p>\n",
    "[](https://a.example)": f"<p>{link('https://a.example', '[a.example]')}</p>\n",
    # Links that lie.
    "[www.nhs.uk](https://b.example)": f"<p>{link('https://b.example', 'www.nhs.uk [b.example]')}</p>\n",
    "[https://nhs.uk/x](https://b.example)": f"<p>{link('https://b.example', 'https://nhs.uk/x [b.example]')}</p>\n",
    "[**nhs**.uk](https://b.example)": f"<p>{link('https://b.example', '<strong>nhs</strong>.uk [b.example]')}</p>\n",
    "[nhs。uk](https://b.example)": f"<p>{link('https://b.example', 'nhs。uk [b.example]')}</p>\n",
    "[nhs\u00ad.uk](https://b.example)": "<p>" + link("https://b.example", "nhs\u00ad.uk [b.example]") + "</p>\n",
    "[me@nhs.uk](mailto:me@b.example)": f"<p>{link('mailto:me@b.example', 'me@nhs.uk [me@b.example]')}</p>\n",
    "[nhs.uk](https://www.nhs.uk/x)": f"<p>{link('https://www.nhs.uk/x', 'nhs.uk')}</p>\n",
    "[read version 1.2](https://b.example)": f"<p>{link('https://b.example', 'read version 1.2')}</p>\n",
    "https://аpple.com": f"<p>{link('https://xn--pple-43d.com', 'https://аpple.com [xn--pple-43d.com]')}</p>\n",
    "<https://nhs.uk@b.example>": "<p>&lt;https://nhs.uk@b.example&gt;</p>\n",
    "https://nhs.uk\\@b.example": "<p>https://nhs.uk@b.example</p>\n",
    "[x](https://nhs.uk%2f@b.example)": "<p>[x](https://nhs.uk%2f@b.example)</p>\n",
    # Links that do harm.
    "[x](javascript:alert(1))": "<p>[x](javascript:alert(1))</p>\n",
    "[x](JaVaScRiPt:alert(1))": "<p>[x](JaVaScRiPt:alert(1))</p>\n",
    "[x](&#106;avascript:alert(1))": "<p>[x](javascript:alert(1))</p>\n",
    "[x](java&Tab;script:alert(1))": "<p>[x](java\tscript:alert(1))</p>\n",
    "[x](\x01javascript:alert(1))": "<p>[x](javascript:alert(1))</p>\n",
    "<javascript:alert(1)>": "<p>&lt;javascript:alert(1)&gt;</p>\n",
    "[x](data:text/html;base64,PHNjcmlwdD4=)": "<p>[x](data:text/html;base64,PHNjcmlwdD4=)</p>\n",
    "[x](vbscript:x) [y](file:///etc/passwd)": "<p>[x](vbscript:x) [y](file:///etc/passwd)</p>\n",
    "[x](/sign-out) [y](//b.example) [z](?a)": "<p>[x](/sign-out) [y](//b.example) [z](?a)</p>\n",
    "[x](https://xn--x) https://a.example:99999": "<p>[x](https://xn--x) https://a.example:99999</p>\n",
    "[*x*]() []()": "<p>[<em>x</em>]() []()</p>\n",
    "[x](https:b.example)": "<p>[x](https:b.example)</p>\n",
    "![x](https://b.example/a.png)": f"<p>!{link('https://b.example/a.png', 'x')}</p>\n",
    # HTML.
    "<script>alert(1)</script>": "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n",
    "<img src=x onerror=alert(1)>": "<p>&lt;img src=x onerror=alert(1)&gt;</p>\n",
    "<!-- a --> <?b?> <![CDATA[c]]>": "<p>&lt;!-- a --&gt; &lt;?b?&gt; &lt;![CDATA[c]]&gt;</p>\n",
    "```\"><script>\nx": "<pre><code>x</code></pre>\n",
    "&lt;script&gt;": "<p>&lt;script&gt;</p>\n",
    # What no page should be given.
    "a\0b\x1bc\ud800d\u202ee\ufefff": "<p>abc�def</p>\n",
    "&#0;&#xD800;": "<p>��</p>\n",
    ">" * 30 + "x\ny": f"<p>{'&gt;' * 30}x<br>y</p>\n",
}  # fmt: skip


@pytest.mark.parametrize("typed", EXACT)
def test_typed_text_becomes_exactly(typed: str) -> None:
    assert to_html(typed) == EXACT[typed]
    assert wrong_in(to_html(typed)) == []


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("# Falls\n\n- *one*\n- [two](https://a.example)", "Falls one two"),
        ("one\ntwo\n\n```\nthree\n```", "one two three"),
        ("a < b & `c`", "a < b & c"),
        ("[www.nhs.uk](https://b.example)", "www.nhs.uk [b.example]"),
        (">" * 30 + "x\ny", ">" * 30 + "x y"),
    ],
)
def test_plain_text_leaves_the_marks_out(typed: str, plain: str) -> None:
    assert to_plain(typed) == plain


@pytest.mark.parametrize(
    "piece", [*PIECES, "[a](", "*a ", "*a_ ", "[[]]", ")", "- ", "a\n> ", "http://a.example/", ".)"]
)
def test_much_of_anything_is_shown(piece: str) -> None:
    html = to_html(piece * (LONG // len(piece)))
    assert wrong_in(html) == []


def test_threads_share_the_renderer() -> None:
    typed = [made_up(random.Random(seed)) for seed in range(40)]
    alone = list(map(to_html, typed))
    together: list[list[str]] = []
    threads = [threading.Thread(target=lambda: together.append(list(map(to_html, typed)))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == [alone] * 4
