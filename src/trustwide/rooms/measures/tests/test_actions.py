"""What is saved is what was read, whole or not at all."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from tests.makers import (
    make_batch,
    make_described_upload,
    make_organisation,
    make_person,
    make_report,
    make_upload,
)
from trustwide.engines.spc.analysis import Analysis
from trustwide.engines.spc.model import CHARTS, Series
from trustwide.rooms.measures import actions, queries
from trustwide.rooms.measures.models import MeasureSet, SetMeasure, SetObservation, Upload
from trustwide.rooms.measures.tests.samples import every_chart
from trustwide.rooms.people.acts import NotAllowed

pytestmark = pytest.mark.django_db


def assert_same(one: Series, other: Series) -> None:
    for field in fields(Series):
        left, right = getattr(one, field.name), getattr(other, field.name)
        if field.name == "settings":  # where segments start is kept on the points
            assert replace(left, rebase=()) == replace(right, rebase=())
        elif isinstance(left, np.ndarray):
            np.testing.assert_array_equal(left, right, err_msg=f"{one.name} {field.name}")
        else:
            assert left == right, (one.name, field.name)


def test_a_saved_set_charts_as_the_file_it_came_from() -> None:
    batch = every_chart()
    saved = actions.save_open_data(title="All", batch=batch, source="")
    measures, charted = queries.charted(saved.pk)
    assert [measure.chart for measure in measures] == list(CHARTS)
    for before, after in zip(Analysis(batch), charted, strict=True):
        assert_same(before, after)


def test_the_file_of_every_chart_holds_what_the_comparison_is_about() -> None:
    every = {series.name: series for series in Analysis(every_chart())}
    xmr = every["xmr"]
    assert set(xmr.segments) == {1, 2}
    assert xmr.excluded.sum() == 1
    assert xmr.notes == {8: "New ward"}
    assert np.isnan(xmr.values[5])
    assert xmr.targets[-1] == 90 + 23 / 8


def test_reading_a_set_takes_two_queries_however_large(django_assert_num_queries: Any) -> None:
    small, large = (make_report(measures=size) for size in (2, 40))
    for each in (small, large):
        with django_assert_num_queries(2):
            queries.charted(each.pk)


def test_a_load_that_fails_saves_nothing_and_keeps_the_upload(monkeypatch: pytest.MonkeyPatch) -> None:
    upload = make_described_upload()
    seen = []

    def fail(_rows: Any) -> None:
        seen.append((SetMeasure.objects.count(), MeasureSet.objects.count()))
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(actions, "insert_all", fail)
    with pytest.raises(RuntimeError, match="disk is full"):
        actions.load_upload(by=upload.by, upload=upload, batch=make_batch(measures=3))
    assert seen == [(3, 1)], "it must have been half-way"
    assert not MeasureSet.objects.exists()
    assert not SetMeasure.objects.exists()
    assert not SetObservation.objects.exists()
    assert Upload.objects.filter(pk=upload.pk).exists()


def test_an_upload_becomes_one_report_however_often_the_button_is_pressed() -> None:
    upload = make_described_upload()
    pressed_again = Upload.objects.get(pk=upload.pk)
    actions.load_upload(by=upload.by, upload=upload, batch=make_batch())
    with pytest.raises(Upload.DoesNotExist):
        actions.load_upload(by=upload.by, upload=pressed_again, batch=make_batch())
    assert MeasureSet.objects.count() == 1
    assert not Upload.objects.exists()


def test_uploads_that_nobody_came_back_for_are_cleared() -> None:
    old, young = make_upload(), make_upload()
    long_ago = young.created_at - actions.KEEP_UPLOADS - timedelta(minutes=1)
    Upload.objects.filter(pk=old.pk).update(created_at=long_ago)
    newest = make_upload()
    assert set(Upload.objects.all()) == {young, newest}


def test_removing_a_report_removes_all_of_it_and_nothing_else() -> None:
    going, staying = make_report("Going"), make_report("Staying")
    actions.remove_report(by=going.by, measure_set=going)
    assert list(queries.reports(going.organisation)) == [staying]
    assert set(SetMeasure.objects.values_list("measure_set", flat=True)) == {staying.pk}
    assert SetObservation.objects.count() == 6 * 24


def test_the_open_data_is_no_report_that_one_could_remove() -> None:
    made, trust = actions.save_open_data(title="Open", batch=make_batch(), source=""), make_organisation()
    assert queries.report(trust, made.pk) is None
    assert not queries.reports(trust)


def test_a_report_stays_in_its_organisation_and_an_upload_with_who_sent_it() -> None:
    report, upload = make_report(), make_upload()
    elsewhere, colleague = make_organisation("Riverside"), make_person("Cy", "analyst", report.organisation)
    assert queries.report(report.organisation, report.pk) == report
    assert queries.report(elsewhere, report.pk) is None
    assert queries.upload(upload.by, upload.organisation, upload.pk) == upload
    assert queries.upload(colleague, upload.organisation, upload.pk) is None


def test_a_nurse_makes_and_removes_no_report() -> None:
    upload, report = make_described_upload(), make_report()
    nurse = make_person("Bob", "staff", report.organisation)
    with pytest.raises(NotAllowed):
        actions.load_upload(by=nurse, upload=upload, batch=make_batch())
    with pytest.raises(NotAllowed):
        actions.remove_report(by=nurse, measure_set=report)
    assert (Upload.objects.count(), MeasureSet.objects.count()) == (1, 1)
