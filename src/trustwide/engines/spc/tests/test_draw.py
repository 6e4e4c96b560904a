"""The drawing of a chart: valid, accessible, inert, complete and quick whatever the series."""

from __future__ import annotations

import itertools
import re
import time
from functools import partial
from timeit import repeat
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustwide.engines.spc.draw import draw, draw_all
from trustwide.engines.spc.layout import WIDEST
from trustwide.engines.spc.marks import BAND, COLOURS, FRAME, INK, PALE, PAPER, QUIET
from trustwide.engines.spc.model import Series, Settings
from trustwide.engines.spc.tests.makers import make_months, make_series
from trustwide.engines.spc.typed import width_of

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = """</title><script>alert(1)</script>"'&]]>\x00\x1b\ufffe\u202e"""
ALLOWED_COLOURS = {*COLOURS.values(), BAND, FRAME, INK, PALE, PAPER, QUIET, "none"}
ALLOWED_ELEMENTS = {"svg", "title", "desc", "rect", "path", "circle", "g", "text", "tspan"}


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 - our own drawing, and the test is that it parses


def texts(svg: str) -> list[str]:
    return ["".join(text.itertext()) for text in parsed(svg).iter(f"{SVG}text")]


def group(svg: str, kind: str) -> ElementTree.Element:
    found = [each for each in parsed(svg).iter() if each.get("class") == kind]
    assert len(found) == 1, (kind, len(found))
    return found[0]


def is_absent(svg: str, kind: str) -> bool:
    return f'class="{kind}"' not in svg


def level_of(svg: str, number: float) -> float:
    """How far down the tick of this number stands."""
    tick = next(text for text in group(svg, "numbers") if text.text == f"{number:g}")
    return float(tick.get("y", "")) - 4.5


numbers = st.floats(-1e300, 1e300) | st.floats(-100, 100) | st.just(np.nan)
words = st.text(max_size=40) | st.just(HOSTILE)


@st.composite
def any_series(draw_from: st.DrawFn) -> Series:
    """A series as odd as the contract allows."""
    count = draw_from(st.integers(0, 40))
    column = st.lists(numbers, min_size=count, max_size=count) | numbers
    flags = {
        at: (draw_from(st.sampled_from(list(COLOURS)[1:])), ("outside", "trend"))
        for at in draw_from(st.sets(st.integers(0, max(0, count - 1)), max_size=count))
    }
    gaps = draw_from(st.lists(st.sampled_from([0, 1, 7, 30, 31, 365, 5000]), min_size=count, max_size=count))
    even = draw_from(st.booleans())
    return make_series(
        draw_from(st.lists(numbers, min_size=count, max_size=count)),
        name=draw_from(words),
        sentence=draw_from(words),
        dates=make_months("2001-11", count) if even else np.datetime64("1999-01-31") + np.cumsum([0, *gaps])[:count],
        **{line: draw_from(column) for line in ("centre", "lower", "upper", "targets")},
        segments=np.cumsum(draw_from(st.lists(st.integers(0, 1), min_size=count, max_size=count))),
        excluded=draw_from(st.lists(st.booleans(), min_size=count, max_size=count)),
        notes=draw_from(st.dictionaries(st.integers(0, max(0, count - 1)), words, max_size=12)) if count else {},
        flagged=flags if count else {},
    )


@given(any_series(), st.sampled_from([(720, 320), (360, 320), (1, 1), (1600, 900)]), st.booleans())
def test_any_series_makes_a_valid_inert_drawing(series: Series, size: tuple[int, int], heading: bool) -> None:
    svg = draw(series, width=size[0], height=size[1], prefix="a", heading=heading)
    root = parsed(svg)
    assert {each.tag.removeprefix(SVG) for each in root.iter()} <= ALLOWED_ELEMENTS
    used = {value for each in root.iter() for name, value in each.attrib.items() if name in ("fill", "stroke")}
    assert used <= ALLOWED_COLOURS
    names = {name for each in root.iter() for name in each.attrib}
    assert not any(name == "style" or name.startswith("on") or "href" in name for name in names)
    for each in root.iter():
        for name in ("d", "x", "y", "cx", "cy", "viewBox", "height"):
            assert not re.search("nan|inf|e[+-]?[0-9]", each.get(name, "")), (name, each.get(name))


@given(any_series())
def test_any_flagged_point_with_a_value_is_drawn(series: Series) -> None:
    root = parsed(draw(series))
    there = ~np.isnan(series.values)
    for effect in COLOURS:
        marks = [each for each in root.iter() if each.get("class") == effect]
        drawn = sum(map(len, marks))
        of_effect = np.array([each == effect for each in series.effects], np.bool_)
        assert drawn == np.sum(of_effect & there & ~series.excluded)
        crossed = [each for each in root.iter() if each.get("class") == f"excluded {effect}" and len(each)]
        assert len(crossed) == np.sum(of_effect & there & series.excluded)


@given(any_series(), st.sampled_from([720, 360]))
def test_labels_of_lines_never_touch(series: Series, width: int) -> None:
    root = parsed(draw(series, width=width))
    ends = ("Upper", "Average", "Lower", "Target")
    downs = sorted(
        float(text.get("y", "")) for text in root.findall(f"{SVG}text") if (text.text or "").startswith(ends)
    )
    assert all(after - before >= 13 for before, after in itertools.pairwise(downs))


def test_names_and_notes_typed_by_people_come_out_as_words() -> None:
    svg = draw(make_series([50, 51, 52], name=HOSTILE, sentence=HOSTILE, notes={1: HOSTILE}), heading=True)
    assert "<script" not in svg
    seen = """</title><script>alert(1)</script>"'&]]>"""
    root = parsed(svg)
    assert root.findtext(f"{SVG}title") == seen
    assert root.findtext(f"{SVG}desc") == seen
    assert seen in texts(svg)
    assert f"May 2018: {seen}" in texts(svg)


def test_drawing_is_named_and_described_once_on_a_page() -> None:
    series = make_series([50, 51], name="Falls", sentence="Falls have been as usual.")
    one, other = parsed(draw(series, prefix="m1-")), parsed(draw(series, prefix="m2 <"))
    assert one.get("role") == "img"
    named = {each.get("id"): each.text for each in one.iter() if each.get("id")}
    assert named == {one.get("aria-labelledby"): "Falls", one.get("aria-describedby"): "Falls have been as usual."}
    assert not named.keys() & {each.get("id") for each in other.iter()}
    assert " " not in (other.get("aria-labelledby") or " ")


def test_flagged_point_says_when_what_and_why() -> None:
    series = make_series([50, 64, 66], flagged={1: ("concern", ("outside", "shift"))}, excluded=[False, False, True])
    titles = [each.text for each in parsed(draw(series)).iter(f"{SVG}title")]
    assert "May 2018: 64. Concern: outside the limits, 7 or more on one side" in titles
    assert "April 2018: 50" in titles
    assert "June 2018: 66. Left out of the limits" in titles


def test_effects_differ_in_shape_as_well_as_colour() -> None:
    flagged = {1: ("improvement", ("shift",)), 2: ("concern", ("shift",)), 3: ("neutral", ("shift",))}
    svg = draw(make_series([50] * 5, flagged=flagged))
    shapes = {
        re.sub(r"M[\d.]+ [\d.]+", "", group(svg, each)[0].get("d", ""))
        for each in ("improvement", "concern", "neutral")
    }
    assert len(shapes) == 3


def test_legend_names_what_is_there_and_nothing_else() -> None:
    said = texts(draw(make_series([50] * 5)))
    assert "Usual variation" in said
    assert not {"Improvement", "Concern", "Change", "Left out of the limits"} & set(said)
    hidden = make_series([50, np.nan, 50, 50, 80], flagged={1: ("concern", ("outside",))}, excluded=[0, 0, 0, 0, 1])
    said = texts(draw(hidden))
    assert "Concern" not in said
    assert "Left out of the limits" in said


def test_missing_values_leave_a_gap_and_a_lone_value_is_a_dot() -> None:
    line = group(draw(make_series([50, 51, np.nan, 52, np.nan, 53, 54])), "values").get("d", "")
    assert line.count("M") == 3
    runs = [re.findall(r"[\d.]+ [\d.]+", run) for run in line.split("M")[1:]]
    assert [len(set(run)) for run in runs] == [2, 1, 2]
    assert runs[1][0] == runs[1][1]


def test_segments_have_lines_of_their_own_and_a_reset_line_with_its_reason() -> None:
    lower, upper = [40] * 6 + [20] * 6, [60] * 6 + [30] * 6
    series = make_series(
        [50] * 6 + [25] * 6, centre=[50] * 6 + [25] * 6, lower=lower, upper=upper, segments=[1] * 6 + [2] * 6
    )
    svg = draw(series)
    assert "Limits reset, October 2018" in texts(svg)
    for kind, lines in (("centre", 2), ("limits", 4), ("band", 2)):
        data = group(svg, kind).get("d", "")
        assert data.count("M") == lines
        assert not re.search(r"V.*H.*V", data.replace("Z", "\n")), kind  # no step from one segment to the next
    reset = float(re.match(r"M([\d.]+)", group(svg, "resets").get("d", "")).group(1))  # type: ignore[union-attr]
    centre_ends = re.findall(r"H([\d.]+)", group(svg, "centre").get("d", ""))
    assert float(centre_ends[0]) == reset
    series.notes[6] = "new front door"
    assert "Limits reset: new front door" in texts(draw(series))
    series.notes[6] = "a reason that is far too long to stand beside its line " * 3
    said = texts(draw(series))
    assert "Limits reset, October 2018" in said
    assert any(each.startswith("October 2018, limits reset: a reason that is far") for each in said)


def test_limits_and_targets_step_from_point_to_point() -> None:
    svg = draw(make_series([50] * 4, upper=[60, 62, 62, 58], targets=[55, 55, 45, 45]))
    assert group(svg, "limits").get("d", "").count("V") == 2
    assert group(svg, "target").get("d", "").count("V") == 1
    assert "Target 45" in texts(svg)
    assert group(svg, "target").get("stroke-dasharray") != group(svg, "limits").get("stroke-dasharray")


def test_trajectory_climbs_into_months_without_values() -> None:
    targets = np.linspace(50, 70, 12)
    svg = draw(make_series([50] * 6 + [np.nan] * 6, targets=targets))
    assert "V" not in group(svg, "target").get("d", "")
    assert "Target 70" in texts(svg)
    assert len(group(svg, "common")) == 6
    assert level_of(svg, 70) < level_of(svg, 50)


def test_run_chart_has_a_median_and_no_limits() -> None:
    svg = draw(make_series([50, 52, 51], chart="run", lower=np.nan, upper=np.nan, near_lower=np.nan, near_upper=np.nan))
    assert is_absent(svg, "limits")
    assert is_absent(svg, "band")
    assert "Median 50" in texts(svg)


@pytest.mark.parametrize("count", [0, 1, 6])
def test_chart_without_values_says_so(count: int) -> None:
    nothing = make_series([np.nan] * count, centre=np.nan, lower=np.nan, upper=np.nan)
    assert "No values yet" in texts(draw(nothing))


def test_single_point_is_drawn_and_not_called_usual() -> None:
    svg = draw(make_series([7], centre=np.nan, lower=np.nan, upper=np.nan))
    assert len(group(svg, "common")) == 1
    assert "Usual variation" not in texts(svg)


def test_limits_target_and_values_are_all_in_view() -> None:
    svg = draw(make_series([950, 990, 970], centre=970, lower=900, upper=1040, targets=1100))
    ticks = [text.text for text in group(svg, "numbers")]
    assert ticks == ["900", "950", "1,000", "1,050", "1,100"]  # and not from nought
    heights = [float(y) for y in re.findall(r"M[\d.]+ ([\d.]+)", draw(make_series([1, 2, 3], targets=-40)))]
    assert min(heights) >= 0
    assert max(heights) <= 320


@pytest.mark.parametrize(
    ("values", "unit", "ticks"),
    [
        ([1200, 1400, 1600], "", ["1,200", "1,300", "1,400", "1,500", "1,600"]),
        ([12000, 14000, 16000], "", ["12k", "13k", "14k", "15k", "16k"]),
        ([120_100, 120_300], "", ["120.10k", "120.15k", "120.20k", "120.25k", "120.30k"]),
        ([2.5e6, 3.5e6], "", ["2.6m", "2.8m", "3.0m", "3.2m", "3.4m"]),
        ([95.1, 95.7], "%", ["95.1%", "95.2%", "95.3%", "95.4%", "95.5%", "95.6%", "95.7%"]),
        ([-0.002, 0.002], "", ["−0.002", "−0.001", "0.000", "0.001", "0.002"]),
        ([1e-9, 3e-9], "", ["1e−09", "1.5e−09", "2e−09", "2.5e−09", "3e−09"]),
        ([5, 5], "", ["4.6", "4.8", "5.0", "5.2", "5.4"]),
    ],
)
def test_ticks_read_as_people_write_numbers(values: list[float], unit: str, ticks: list[str]) -> None:
    svg = draw(make_series(values, centre=np.nan, lower=np.nan, upper=np.nan), unit=unit)
    assert [text.text for text in group(svg, "numbers")] == ticks


def test_labels_of_dates_say_the_year_once() -> None:
    svg = draw(make_series([50] * 12), width=720)
    assert [each for each in texts(svg) if each[:3] in ("Apr", "Jan", "Jul", "Oct", "May")] == [
        "Apr2018", "May", "Jul", "Oct", "Jan2019",
    ]  # fmt: skip
    narrow = texts(draw(make_series([50] * 60), width=360))
    assert {"2019", "2020", "2021", "2022", "2023"} <= set(narrow)
    wide = texts(draw(make_series([50] * 30, dates=np.datetime64("2023-01-02") + 7 * np.arange(30))))
    assert {"Jan2023", "Feb", "Jul"} <= set(wide)


def test_regular_dates_stand_by_calendar_and_others_by_order() -> None:
    def gaps(dates: np.ndarray) -> list[float]:
        across = [
            float(point.get("cx", "")) for point in group(draw(make_series([50] * len(dates), dates=dates)), "common")
        ]
        return [round(after - before) for before, after in itertools.pairwise(across)]

    months = make_months("2018-04", 8)
    skipped = np.delete(months, 4)
    assert gaps(skipped)[3] == pytest.approx(2 * gaps(skipped)[0], rel=0.05)
    uneven = gaps(np.datetime64("2018-04-01") + np.cumsum([0, 3, 90, 1, 14]))
    assert max(uneven) - min(uneven) <= 1


def test_notes_are_numbered_on_the_chart_and_said_in_full_below() -> None:
    notes = {at: f"Thing {at}" for at in range(12)}
    svg = draw(make_series([50] * 12, notes=notes))
    said = texts(svg)
    assert next(each for each in said if ": Thing" in each) == "July 2018: Thing 3"
    assert "and 3 earlier notes, in the table" in said
    badges = [each for each in parsed(svg).iter() if each.get("class") == "note" and len(each) == 3]
    across = [float(badge[1].get("cx", "")) for badge in badges]
    assert len(across) == 9
    assert all(after - before >= 17 for before, after in itertools.pairwise(across))
    long = draw(make_series([50] * 12, notes={2: "words " * 200}))
    assert max(map(len, texts(long))) < 130
    assert any(each.endswith("…") for each in texts(long))


@pytest.mark.parametrize("width", [360, 720])
def test_words_below_have_room_in_the_widest_letters(width: int) -> None:
    words = "Test 2 began on 26 September: does it help to pack tomorrow’s bags today?"
    lines = texts(draw(make_series([50] * 12, notes=dict.fromkeys(range(9), words)), width=width))
    below = [each for each in lines if "Test 2" in each or "bags" in each]
    assert len(below) >= 9
    assert all(34 + WIDEST * width_of(each, 13) <= width for each in below)


def test_ten_thousand_points_are_thinned_but_every_signal_stays() -> None:
    rng = np.random.default_rng(3)
    flagged = dict.fromkeys(range(0, 10000, 5), ("concern", ("shift",)))
    dates = np.datetime64("1997-01-01") + np.arange(10_000)
    series = make_series(rng.normal(50, 3, 10_000), flagged=flagged, dates=dates, targets=rng.normal(50, 1, 10_000))
    svg = draw(series)
    concern = group(svg, "concern")
    assert concern.get("d", "").count("M") == 2000
    assert concern.findtext(f"{SVG}title") == "Concern: 2,000 points"
    assert len(svg) < 250_000
    few = draw(make_series(rng.normal(50, 3, 10_000), flagged={7: flagged[0]}, dates=dates))
    assert len(group(few, "concern")) == 1
    assert len(few) < 120_000


def test_thinned_line_keeps_the_extremes() -> None:
    values = np.full(10_000, 50.0)
    values[[4321, 8765]] = 90, 10
    series = make_series(values, dates=np.datetime64("1997-01-01") + np.arange(10_000))
    heights = [float(y) for _, y in re.findall(r"([\d.]+) ([\d.]+)", group(draw(series), "values").get("d", ""))]
    assert len(heights) < 5000
    assert len(set(heights)) == 3


def test_known_centre_is_not_called_an_average() -> None:
    assert "Centre 50" in texts(draw(make_series([50] * 3, settings=Settings(chart="i", centre=50.0))))


def test_words_and_marks_stand_out_from_the_paper() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def contrast(colour: str, behind: str) -> float:
        return (light(behind) + 0.05) / (light(colour) + 0.05)

    for behind in (PAPER, BAND):
        assert all(contrast(colour, behind) >= 3 for colour in (*COLOURS.values(), FRAME))
        assert all(contrast(colour, behind) >= 4.5 for colour in (INK, QUIET))
    assert contrast(PALE, PAPER) < 3  # the control: gridlines are meant to be quiet


def test_ten_times_the_points_take_no_more_than_ten_times_the_time() -> None:
    few, many = (make_series(50 + 5 * np.sin(np.arange(count)), targets=55) for count in (60, 600))
    took = [min(repeat(partial(draw, each), number=3, repeat=60, timer=time.process_time)) for each in (few, many)]
    assert took[1] < 20 * took[0]  # work that grows with the square would take a hundred times as long


def test_many_series_stand_one_under_the_other_with_their_names() -> None:
    every = [make_series([50] * 5, name="One", notes={1: "A note"}), make_series([50] * 5, name="Two")]
    svg = draw_all(every)
    first, second = parsed(svg).findall(f"{SVG}svg")
    assert float(second.get("y", "")) >= float(first.get("y", "")) + float(first.get("height", ""))
    assert {"One", "Two"} <= set(texts(svg))
    ids = [each.get("id") for each in parsed(svg).iter() if each.get("id")]
    assert len(ids) == len(set(ids)) == 4
    assert parsed(draw_all([])).get("viewBox") == "0 0 720 0"
