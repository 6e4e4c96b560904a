"""Every screen, wide and at phone width: no fault that axe can find, usable by keyboard and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.template import engines
from django.template.backends import jinja2
from pytest_django.live_server_helper import LiveServer

from tests.house_rules.browser import axe_server, axe_violations, chromium, open_page
from tests.house_rules.own_database import Made, connected_to, own_database
from tests.house_rules.room_screens import ROOM_SCREENS
from tests.house_rules.screens import EMPTY_SCREENS, SCREENS, Way
from tests.house_rules.world import World
from tests.shares import WHOLE, sampled

pytestmark = pytest.mark.seen_once  # a screen looks the same whatever keeps its words

WIDE, PHONE = 1280, 390
#: A comma in its name tells a screen that is another in some state: a short run checks one in four of these. The one
#: screen that shows a page has none, or the short run comes to all others until it finds it.
CHECKED = [name for name in SCREENS if "," not in name or sampled(name, one_in=4)]
MOST_STOPS = None if WHOLE else 30  # of a page by keyboard: in a full run all
#: An element keeps its number when others come in before it, as work like a title does.
NUMBER = "each => (each.stop ??= window.stops = (window.stops ?? 0) + 1) + each.tagName"
#: Notes each thing that comes into focus: which it is, and whether one can see that it is in focus.
FOLLOW = f"""() => {{
  window.reached = [];
  addEventListener('focusin', event => {{
    const at = event.target, style = getComputedStyle(at), box = at.getBoundingClientRect();
    const marked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none';
    const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
    reached.push([({NUMBER})(at), marked && seen ? '' : at.outerHTML.slice(0, 120)]);
  }});
}}"""
STOPS = f"""() => [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), textarea, select, summary, [tabindex="0"]')]
  .filter(each => each.checkVisibility() && !each.disabled && !(each.type === 'radio' && !each.checked))
  .map({NUMBER})"""
#: What the page is made of: each sort of element there is, with the sort that it stands in.
SORTS = """() => {
  const sort = each => [each.localName, each.getAttribute('class'), each.type, each.getAttribute('role')].join(' ');
  return [...new Set([...document.querySelectorAll('body, body *')].map(
    each => `${sort(each)} in ${each.parentElement && sort(each.parentElement)}`))];
}"""
#: Words of a picture that stick out of it, and so are cut.
CUT = """() => [...document.querySelectorAll('svg text')].filter(each => {
  const at = each.getBoundingClientRect(), all = each.ownerSVGElement.getBoundingClientRect();
  return at.width && (at.left < all.left - 1 || at.right > all.right + 1);
}).map(each => each.textContent)"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def browser(django_db_setup: None) -> Iterator[Any]:
    with chromium() as found, axe_server() as found.axe:
        yield found


@pytest.fixture(scope="module")
def empty_site(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Any]:
    """A server whose database has tables and nothing in them."""
    with django_db_blocker.unblock(), own_database(tmp_path_factory.mktemp("empty")):
        server = LiveServer("localhost")
        yield server
        server.stop()


@pytest.fixture(scope="module")
def before_any_data(browser: Any, empty_site: Any, checked: set[str]) -> dict[str, list[str]]:
    """What is wrong with each screen that is shown while nothing is there."""
    return {name: check(browser, empty_site, way, None, checked) for name, way in EMPTY_SCREENS.items()}


@pytest.fixture(scope="module")
def lived_in(empty_site: Any, before_any_data: dict[str, list[str]], a_world: Made) -> Iterator[World]:
    """The world, in a database that every screen is given a copy of."""
    with connected_to(a_world.database):
        yield a_world.unpacked()


@pytest.fixture
def site(empty_site: Any, lived_in: World, tmp_path: Path) -> Iterator[Any]:
    """The server with a world of the test's own: what is done on the way to one screen is undone before the next."""
    with own_database(tmp_path):
        yield empty_site


def visit(page: Any, site: Any, way: Way, world: World | None) -> None:
    """Go there, until all of it has come; addresses are relative to the site."""
    page.site = site.url
    page.goto = lambda path: type(page).goto(page, site.url + path)
    way(page, world)
    page.wait_for_load_state()  # a click waits until the next page begins to come, not for all of it


def faults(page: Any, *, with_axe: bool = True) -> list[str]:
    """What axe finds, and what every screen must have; with nothing in focus, whose look would stand for the rest's."""
    page.evaluate("document.activeElement?.blur()")
    page.mouse.move(0, 0)
    found = axe_violations(page, page.context.browser.axe) if with_axe else []
    if page.locator("h1").count() != 1:
        found.append(f"{page.locator('h1').count()} main headings")
    if page.locator("html").get_attribute("lang") != "en-GB" or not page.title().endswith("Trustwide"):
        found.append(f"language or title: {page.title()!r}")
    if (spill := page.evaluate(OVERFLOW)) > 0:
        found.append(f"{spill} px wider than the screen")
    found += [f"cut: {words!r}" for words in page.evaluate(CUT)]
    return found + [f"asked {each}" for each in page.outside]


def keyboard_faults(page: Any, most: int | None = MOST_STOPS) -> tuple[int, list[str]]:
    """Tab through the page; how many stops, and those of the first so many not reached, or not to be seen in focus."""
    wanted = set(page.evaluate(STOPS)[:most])
    parts = 3 * page.locator("input[type=date]").count()  # a date is day, month, year and its calendar
    page.evaluate(FOLLOW)
    for _ in range(len(wanted) + parts + 15):  # and what comes in meanwhile, and once past the end of the page
        page.keyboard.press("Tab")
    reached = page.evaluate("() => reached")
    left = wanted & set(page.evaluate(STOPS))  # what a script took away meanwhile nobody need reach
    stops, unseen = {key for key, _ in reached}, dict.fromkeys(look for _, look in reached if look)
    found = [f"focus cannot be seen: {each}" for each in unseen]
    return len(stops), found + [f"not reached: {each}" for each in sorted(left - stops)]


def check(browser: Any, site: Any, way: Way, world: World | None, checked: set[str]) -> list[str]:
    """What is wrong with one screen: by keyboard, then by axe at each width.

    In a short run neither goes over a page that is made of what both went over before, of which `checked` keeps note.
    """
    with open_page(browser, WIDE) as page:
        visit(page, site, way, world)
        sorts = set(page.evaluate(SORTS))
        new = WHOLE or not sorts <= checked
        checked |= sorts
        stops, found = keyboard_faults(page) if new else (0, [])
        found += faults(page, with_axe=new)
        page.set_viewport_size({"width": PHONE, "height": 800})
        found += [f"at {PHONE} px: {each}" for each in faults(page, with_axe=new)]
        told = f"{stops} stops of the keyboard, axe at {WIDE} and {PHONE} px" if new else "nothing on it is new"
        print(f"{page.title()}: {told}, {len(found)} faults")
    return found


@pytest.fixture(scope="module")
def checked() -> set[str]:
    """The sorts of element that were checked on one page or another."""
    return set()


@pytest.fixture(scope="module")
def shown() -> dict[str, set[str]]:
    """The templates of pages that were drawn on the way to each screen."""
    return {}


@pytest.mark.parametrize("name", CHECKED)
def test_screen_has_no_faults(
    browser: Any,
    site: Any,
    lived_in: World,
    checked: set[str],
    shown: dict[str, set[str]],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    with drawn(monkeypatch) as shown[name]:
        assert check(browser, site, SCREENS[name], lived_in, checked) == []


@pytest.mark.parametrize("name", EMPTY_SCREENS)
def test_screen_before_any_data_has_no_faults(before_any_data: dict[str, list[str]], db: None, name: str) -> None:
    assert before_any_data[name] == []


def page_templates() -> set[str]:
    """The template of each page there is: those that fill a layout, and are no layout themselves."""
    names = engines["jinja2"].env.list_templates(extensions=["jinja"])
    ours = [each for each in names if not each.startswith("nhsuk/") and not each.endswith("layout.jinja")]
    loader = engines["jinja2"].env
    return {each for each in ours if "layout.jinja" in loader.loader.get_source(loader, each)[0].split("\n")[0]}


@contextmanager
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """The templates of the pages that are shown meanwhile."""
    seen, plainly = set(), jinja2.Template.render

    def noting(self: Any, context: Any = None, request: Any = None) -> Any:
        seen.add(self.template.name)
        return plainly(self, context, request)

    monkeypatch.setattr(jinja2.Template, "render", noting)
    yield seen


@pytest.mark.asked_last  # it knows by then what the others were shown
def test_every_screen_works_without_scripts(
    browser: Any,
    empty_site: Any,
    lived_in: World,
    shown: dict[str, set[str]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: Any,
) -> None:
    """The ways go through the forms, so coming to a screen is using the one before it. No page is without a way."""
    names = [name for name in SCREENS if sampled(f"{name} without scripts", one_in=12)]
    others = [name for name in SCREENS if name not in shown and name not in names]
    pages, count = page_templates(), 0
    with drawn(monkeypatch) as seen:
        for count, name in enumerate([*names, *others], start=1):
            if count > len(names) and pages <= seen.union(*shown.values()):
                break
            with own_database(tmp_path_factory.mktemp("plain")):  # what is left out leaves no way half gone
                visit_without_scripts(browser, empty_site, SCREENS[name], lived_in)
    print(f"{count} of {len(SCREENS)} screens without scripts, {len(pages)} pages")
    assert len(names) > 10
    assert len(pages) > 50
    missing = " ".join(sorted(pages - seen.union(*shown.values())))
    assert missing == "", "give each of these pages a screen"


def test_control_a_page_without_a_screen_is_told(
    browser: Any, site: Any, lived_in: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with drawn(monkeypatch) as seen, open_page(browser, scripts=False) as page:
        visit(page, site, ROOM_SCREENS["search"], lived_in)
    assert seen & page_templates() == {"front/search.jinja"}


def visit_without_scripts(browser: Any, site: Any, way: Way, world: World) -> None:
    with open_page(browser, scripts=False) as page:
        visit(page, site, way, world)
        assert page.locator("h1").count() == 1
        assert page.locator("h1").is_visible()
        assert page.locator("main").inner_text().strip()


def test_control_what_is_new_on_a_page_is_gone_over(
    browser: Any, site: Any, lived_in: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    way, checked, gone_over = ROOM_SCREENS["search"], set(), []
    monkeypatch.setattr("tests.house_rules.test_accessibility.axe_violations", lambda *_: gone_over.append(1) or [])
    monkeypatch.setattr("tests.house_rules.test_accessibility.WHOLE", False)
    for forgotten in (None, None, lambda: checked.pop()):
        forgotten and forgotten()
        assert check(browser, site, way, lived_in, checked) == []
    assert len(gone_over) == 4  # wide and narrow, the first time and when something on it was new


def test_control_faults_are_seen(browser: Any, site: Any) -> None:
    with open_page(browser, PHONE) as page:
        page.goto(site.url + "/reading-charts/")
        assert faults(page) == []
        page.evaluate("""() => { document.body.insertAdjacentHTML('beforeend',
            '<h1>Two</h1><img src="/no.png"><button></button><p style="width:900px">wide</p>' +
            '<svg width="20" height="20"><text y="15">too long</text></svg>'); }""")
        told = " ".join(faults(page))
    for fault in ("image-alt", "button-name", "2 main headings", "px wider", "cut: 'too long'"):
        assert fault in told


def test_control_hidden_focus_and_traps_are_seen(browser: Any, site: Any) -> None:
    with open_page(browser) as page:
        page.goto(site.url + "/reading-charts/")
        page.add_style_tag(content="a:focus { outline: none !important; box-shadow: none !important }")
        _, unseen = keyboard_faults(page)
        page.reload()
        page.evaluate("() => document.querySelectorAll('a')[2].tabIndex = -1")
        _, trapped = keyboard_faults(page)
    assert any("cannot be seen" in each for each in unseen)
    assert any("not reached" in each for each in trapped)


def test_control_what_stands_far_down_a_page_is_reached_too(browser: Any, site: Any) -> None:
    with open_page(browser) as page:
        page.goto(site.url + "/reading-charts/")
        page.evaluate("""() => { for (let each = 0; each < 50; each++) document.body.insertAdjacentHTML('beforeend',
            `<p><a href="/far/${each}" ${each === 45 ? 'tabindex="-1"' : ''}>Far</a></p>`); }""")
        stops, whole = keyboard_faults(page, None)
    assert stops >= 50
    assert any("not reached" in each for each in whole)


def test_control_outside_addresses_are_seen(browser: Any, site: Any) -> None:
    with open_page(browser) as page:
        page.goto(site.url + "/reading-charts/")
        page.evaluate("() => fetch('http://elsewhere.example/').catch(() => 0)")
        assert page.outside == ["http://elsewhere.example/"]
