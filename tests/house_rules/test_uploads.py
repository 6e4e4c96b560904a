"""What people attach is made harmless or refused with a reason, in little memory."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.test import Client

from tests.house_rules.forms_filled import filled
from tests.house_rules.forms_found import FormFound
from tests.house_rules.put_back import put_back
from tests.house_rules.upload_addresses import holds_a_file, upload_forms
from tests.house_rules.world import Example, World
from tests.makers import client_of
from tests.shares import sampled
from tests.virus_scanner import VIRUS, virus_scanner
from trustwide.engines.uploads import Accepted, Refused, check
from trustwide.engines.uploads.tests import corpus
from trustwide.rooms.commons import files
from trustwide.rooms.commons.models import File
from trustwide.rooms.people.sent_files import without_virus

MOST_GROWTH = 100  # MB
#: Why a file is refused that does no harm to anybody: a table may be such a one.
UNSUITABLE = (
    "The file is empty", "The file is larger than", "The file is not text", "The name of the file has no ending",
    "The name of the file ends in .csv, but it holds a ZIP",
)  # fmt: skip
#: Run in a process of its own that is handed the files, so that making them does not count. VmHWM is the peak of that
#: process alone, in kB; what `resource` tells counts its parent's memory too.
MEASURE = """
import pathlib, pickle, re, sys
from trustwide.engines.uploads import check
files = pickle.load(sys.stdin.buffer)
def peak(): return int(re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text()).group(1)) // 1024
check(*files[0]); before = peak()
for name, content in files: check(name, content)
print(len(files), peak() - before)
"""


def missed(checker: Callable[[str, bytes], Accepted | Refused]) -> list[str]:
    """The harmful files of the corpus that a checker lets through as they are."""
    answers = [(name, content, checker(name, content)) for name, content, _ in corpus.refused()]
    return [name for name, content, answer in answers if isinstance(answer, Accepted) and answer.content == content]


def trusting(name: str, content: bytes) -> Accepted | Refused:
    """Goes by the name alone."""
    known = name.endswith((".png", ".jpg", ".webp", ".pdf", ".docx", ".xlsx", ".odt", ".csv", ".txt"))
    return Accepted(name, "", content) if known else Refused("Unknown kind.", "")


def test_the_corpus_is_large() -> None:
    good, bad = len(corpus.accepted()), len(corpus.refused())
    print(f"{good + bad} files: {good} to be kept or made harmless, {bad} to be refused")
    assert good + bad >= 40


def told(part: Any) -> str:
    """What a case is called: by its words alone, for archives hold the moment at which they were made."""
    return "its bytes" if isinstance(part, bytes) else ascii(part)[:20]


@pytest.mark.parametrize(("name", "content", "safe_name"), corpus.accepted(), ids=told)
def test_what_people_attach_is_kept_under_a_safe_name(name: str, content: bytes, safe_name: str) -> None:
    answer = check(name, content)
    assert isinstance(answer, Accepted), str(answer)
    assert answer.safe_name == safe_name
    assert b"<script" not in answer.content
    assert answer.content_type


@pytest.mark.parametrize(("name", "content", "said"), corpus.refused(), ids=told)
def test_what_does_harm_is_refused_with_a_reason(name: str, content: bytes, said: str) -> None:
    answer = check(name, content)
    assert isinstance(answer, Refused)
    assert answer.message.startswith(said)
    assert answer.cure.endswith(".")


def test_control_a_checker_that_trusts_the_name_is_seen() -> None:
    let_through = missed(trusting)
    print(
        f"of {len(corpus.refused())} harmful files {len(let_through)} pass by name alone, {len(missed(check))} pass us"
    )
    assert len(let_through) > 20
    assert missed(check) == []


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells a process's own peak of memory")
def test_checking_takes_little_memory() -> None:
    files = pickle.dumps([(name, content) for name, content, _ in corpus.accepted() + corpus.refused()])
    said = subprocess.check_output([sys.executable, "-c", MEASURE], input=files)
    count, growth = map(int, said.split())
    print(f"{count} files checked; memory grew by {growth} MB, less than {MOST_GROWTH}")
    assert 1 < growth < MOST_GROWTH


def harmful() -> list[tuple[str, bytes]]:
    """Files of which no byte-for-byte copy may be kept: nor of pictures in which more is hidden than is to be seen."""
    good = {content for _, content, _ in corpus.accepted()}
    hiding = [(name, content) for name, content, _ in corpus.accepted() if b"<script" in content or b"a.js" in content]
    refused = [(name, content) for name, content, said in corpus.refused() if not said.startswith(UNSUITABLE)]
    return hiding + [(name, content) for name, content in refused if content not in good]


def sent(client: Client, form: FormFound, name: str, content: bytes) -> Any:
    """The answer to a form that is filled in, and has a file of that name and bytes for each of its boxes."""
    cache.clear()  # how often one person may ask is another test's
    posted = name.encode("utf-8", "replace").decode()
    files = {each: SimpleUploadedFile("x", content) for each in form.files}
    for each in files.values():
        each.__dict__["_name"] = posted  # as a hostile program would send it
    return client.post(form.to, {**filled(form), **files})


def kept_as_it_came(content: bytes) -> list[str]:
    """Where those bytes stand, in the database or in the data folder."""
    fields = [(model, each) for model in apps.get_models() for each in model._meta.get_fields()]
    columns = [(model, each.name) for model, each in fields if isinstance(each, models.BinaryField)]
    found = [f"{model.__name__}.{name}" for model, name in columns if model._base_manager.filter(**{name: content})]
    return found + (["a file"] if files.where(sha256(content).hexdigest()).exists() else [])


@pytest.fixture(scope="module")
def upload_boxes(made_world: World, django_db_blocker: Any) -> list[tuple[Example, FormFound]]:
    """Every address that takes a file, looked up once."""
    with django_db_blocker.unblock():
        return list(upload_forms(made_world, client_of(made_world.trust.everyone)))


@pytest.mark.seen_once
def test_nothing_harmful_is_kept_at_any_address(
    world: World, client: Client, upload_boxes: list[tuple[Example, FormFound]]
) -> None:
    client.raise_request_exception = False
    every = [(name, content) for name, content, _ in corpus.accepted() + corpus.refused()]
    kept, answers, bad = [], Counter[int](), {content for _, content in harmful()}
    for example, form in upload_boxes:
        for number, (name, content) in enumerate(every):
            if not sampled(f"file {number} at {example}", one_in=20):
                continue
            with put_back():
                answers[sent(client, form, name, content).status_code] += 1
                kept += [f"{name!a} at {example}: {where}" for where in kept_as_it_came(content) if content in bad]
    print(
        f"{sum(answers.values())} files at {len(upload_boxes)} addresses, {len(bad)} of them harmful: {dict(answers)}"
    )
    assert {example.name for example, _ in upload_boxes} >= {
        *("commons:attach", "commons:add", "purpose:check-again", "measures:new-report", "measures:numbers"),
        *("places:send", "places:send-people"),
    }
    assert kept == []
    assert max(answers) < 500
    assert min(answers[302], answers[422]) > 5


@pytest.mark.seen_once
def test_control_harmful_files_that_are_kept_are_seen(
    world: World, client: Client, upload_boxes: list[tuple[Example, FormFound]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trustwide.rooms.commons.views_parts.uploads.check", trusting)
    form = next(form for example, form in upload_boxes if example.name == "commons:attach")
    content = next(content for name, content in harmful() if name == "a.pdf")
    with put_back():
        assert sent(client, form, "a.pdf", content).status_code == 302
        assert kept_as_it_came(content) == ["a file"]
    files.where(sha256(content).hexdigest()).unlink()


@pytest.mark.seen_once
def test_a_virus_is_refused_at_every_address_and_so_is_all_while_nobody_looks(
    world: World, client: Client, upload_boxes: list[tuple[Example, FormFound]], settings: Any
) -> None:
    table = b"email,level,name,under,date,value\nnia@example.org,team,A,,2026-01-05,3\n"
    with virus_scanner() as scanner:
        settings.CLAMD = scanner.address
        for example, form in upload_boxes:
            with put_back():
                found = sent(client, form, "a.csv", table + VIRUS)
            assert (found.status_code, "A virus was found" in found.text) == (422, True), example
            with put_back():
                assert "virus" not in sent(client, form, "a.csv", table).text, example
        assert len(scanner.seen) == 2 * len(upload_boxes)
    for example, form in upload_boxes:
        with put_back():
            refused = sent(client, form, "a.csv", table)
        assert (refused.status_code, "could not check this file" in refused.text) == (422, True), example
    print(f"{len(upload_boxes)} addresses with a virus, without one, and with no scanner that answers")


def unlooked_at(classes: Iterable[type[forms.BaseForm]]) -> list[str]:
    """Forms of which a file goes past the scanner."""
    found = [(form, each) for form in classes for each in form.base_fields.values()]
    boxes = [(form, each) for form, each in found if isinstance(each, forms.FileField)]
    return [form.__name__ for form, each in boxes if without_virus not in each.validators]


def all_forms(above: type = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    for each in above.__subclasses__():
        yield from all_forms(each)
        if each.__module__.startswith("trustwide."):
            yield each


@pytest.mark.seen_once
def test_every_box_for_a_file_asks_the_scanner(world: World) -> None:
    boxes = [each for each in all_forms() if hasattr(each, "base_fields") and holds_a_file(each)]
    print(f"{len(boxes)} forms with a box for a file: {sorted(each.__name__ for each in boxes)}")
    assert len(boxes) >= 5
    assert unlooked_at(boxes) == []


def test_control_a_box_that_asks_no_scanner_is_seen() -> None:
    class Unlooked(forms.Form):
        file = forms.FileField()

    assert unlooked_at([Unlooked]) == ["Unlooked"]


@pytest.mark.seen_once
def test_an_organisation_without_room_is_told(
    world: World, client: Client, upload_boxes: list[tuple[Example, FormFound]], settings: Any
) -> None:
    form = next(form for example, form in upload_boxes if example.name == "commons:attach")
    before = File.objects.count()
    taken = sum(File.objects.values_list("size", flat=True))
    settings.MOST_ATTACHED = taken + 10
    refused = sent(client, form, "notes.txt", b"eleven byte")
    assert (refused.status_code, "no room for this file" in refused.text) == (422, True)
    assert File.objects.count() == before
    assert sent(client, form, "notes.txt", b"ten bytes.").status_code == 302


@pytest.mark.seen_once
def test_what_was_attached_leaves_as_a_download_that_runs_nothing(world: World, client: Client) -> None:
    answer = client.get(world.at("commons:download"))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in [each.strip() for each in answer["Content-Security-Policy"].split(";")]
    assert "sandbox" not in client.get("/national/")["Content-Security-Policy"]
