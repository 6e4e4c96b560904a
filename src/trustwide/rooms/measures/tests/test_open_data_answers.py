"""The open data that ships: all of it, and known answers."""

from __future__ import annotations

import csv
import io
from itertools import pairwise
from statistics import mean

import pytest

from trustwide.engines.spc.analysis import Analysis
from trustwide.engines.spc.intake import read_measures
from trustwide.engines.spc.model import Settings
from trustwide.rooms.measures import queries
from trustwide.rooms.measures.comparison_page import organisation
from trustwide.rooms.measures.models import SetMeasure, SetObservation
from trustwide.rooms.measures.open_data import DATA, WAITS, load_open_data


def rows_of(code: str) -> list[dict[str, str]]:
    with (DATA / "ae_attendances.csv").open(newline="", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["org_code"] == code]


@pytest.mark.django_db
def test_the_open_data_loads_once() -> None:
    assert load_open_data().startswith("274 organisations")
    assert SetMeasure.objects.values("org_code").distinct().count() == 274
    before = SetObservation.objects.count()
    assert load_open_data() == "already there"
    assert SetObservation.objects.count() == before


@pytest.mark.django_db
def test_one_organisations_limits_are_what_one_computes_by_hand() -> None:
    load_open_data()
    seen: dict[str, float] = {}
    late: dict[str, float] = {}
    for row in rows_of("RRK"):
        seen[row["period"]] = seen.get(row["period"], 0) + float(row["attendances"])
        late[row["period"]] = late.get(row["period"], 0) + float(row["breaches"])
    shares = [100 * (1 - late[month] / seen[month]) for month in sorted(seen)]
    ranges = [abs(after - before) for before, after in pairwise(shares)]
    kept = [each for each in ranges if each < 3.267 * mean(ranges)]
    found = organisation("RRK")
    assert found is not None
    waits = next(block.series for block, measure in found.charts if measure.name == WAITS)
    assert waits.values.tolist() == pytest.approx(shares)
    assert waits.centre[-1] == pytest.approx(mean(shares))
    assert waits.lower[-1] == pytest.approx(mean(shares) - 2.66 * mean(kept))
    assert waits.upper[-1] == pytest.approx(mean(shares) + 2.66 * mean(kept))


@pytest.mark.django_db
def test_no_organisation_is_without_a_chart() -> None:
    load_open_data()
    found = queries.open_data_set()
    assert found is not None
    measures, analysis = queries.charted(found.pk)
    assert len(measures) == len(analysis) == 2 * 274


def test_breaches_of_rrk_agree_with_the_published_example() -> None:
    """The example of Making Data Count's R package: breaches of major departments, 24 months to March 2018."""
    rows = [row for row in rows_of("RRK") if row["type"] == "1" and row["period"] < "2018-04"]
    text = "date,value\n" + "".join(f"{row['period']},{row['breaches']}\n" for row in rows)
    read = read_measures(io.BytesIO(text.encode()), name="Breaches", defaults=Settings(improvement="decrease"))
    assert read.batch is not None
    series = Analysis(read.batch)[0]
    assert len(series.values) == 24
    assert (series.centre[-1], series.lower[-1], series.upper[-1]) == pytest.approx(
        (1711.875, 849.793, 2573.957), abs=5e-4
    )
    assert {effect: series.effects.count(effect) for effect in set(series.effects)} == {
        "common": 15,
        "improvement": 8,
        "concern": 1,
    }
    assert series.variation == "common"
