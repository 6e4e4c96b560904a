"""The open data that ships with Trustwide: monthly A&E attendances in England (see `data/README.md`)."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from trustwide.engines.spc.model import Batch, Settings
from trustwide.rooms.measures import actions, queries

DATA = Path(__file__).parent / "data"
TITLE = "A&E in England, April 2016 to March 2019"
SOURCE = (
    "Contains public sector information licensed under the Open Government Licence v3.0. "
    "Source: NHS England, A&E waiting times and activity. Names of organisations: NHS England, "
    "the Organisation Data Service and NHS Improvement."
)
WAITS, ATTENDANCES = "Four-hour performance", "Attendances"
#: The NHS constitution standard: 95 % seen, treated and admitted or discharged within four hours.
WAITS_SETTINGS = Settings(chart="xmr", improvement="increase", target=95.0, multiply=100.0)
ATTENDANCES_SETTINGS = Settings(chart="xmr", improvement="neutral")


@dataclass
class Organisation:
    """What one organisation's rows add up to, by month: attendances and those over four hours."""

    attendances: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    breaches: dict[str, float] = field(default_factory=lambda: defaultdict(float))


def load_open_data() -> str:
    """Load the A&E attendances unless they are there; say what was done."""
    if queries.open_data_set():
        return "already there"
    organisations = read_organisations()
    batch, labels = as_batch(organisations, read_names())
    actions.save_open_data(title=TITLE, batch=batch, source=SOURCE, labels=labels)
    return f"{len(organisations)} organisations, {len(batch.values):,} observations"


def read_organisations() -> dict[str, Organisation]:
    """By code, the three kinds of department added together."""
    organisations: dict[str, Organisation] = defaultdict(Organisation)
    with (DATA / "ae_attendances.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            organisation = organisations[row["org_code"]]
            organisation.attendances[row["period"]] += float(row["attendances"])
            organisation.breaches[row["period"]] += float(row["breaches"])
    return dict(sorted(organisations.items()))


def read_names() -> dict[str, str]:
    with (DATA / "organisations.csv").open(newline="", encoding="utf-8") as file:
        return {row["org_code"]: row["name"] for row in csv.DictReader(file)}


def as_batch(organisations: dict[str, Organisation], names: dict[str, str]) -> tuple[Batch, list[dict[str, str]]]:
    """Two series an organisation, four-hour waits and attendances, and their labels."""
    labels, series_names, settings = [], [], []
    dates: list[str] = []
    values: list[float] = []
    offsets = [0]
    for code, organisation in organisations.items():
        months = sorted(organisation.attendances)
        seen = [organisation.attendances[month] for month in months]
        late = [organisation.breaches[month] for month in months]
        within = [(all_ - over) / all_ if all_ else np.nan for all_, over in zip(seen, late, strict=True)]
        for about, numbers, setting, unit in (
            (WAITS, within, WAITS_SETTINGS, "%"),
            (ATTENDANCES, seen, ATTENDANCES_SETTINGS, ""),
        ):
            series_names.append(about)
            settings.append(setting)
            labels.append({"org_code": code, "org_name": names.get(code, code), "unit": unit})
            dates += months
            values += numbers
            offsets.append(len(values))
    targets = np.repeat([np.nan if each.target is None else each.target for each in settings], np.diff(offsets))
    moments = np.array(dates, "datetime64[s]")
    return Batch(series_names, settings, np.array(offsets), moments, np.array(values), targets=targets), labels
