"""Records without HTTP: who may write, what is kept, and what two people at once may not do to each other."""

from __future__ import annotations

import itertools

import pytest
from django.db import IntegrityError, transaction

from tests.makers import make_group, make_message, make_organisation, make_person, make_team
from trustwide.rooms.commons import actions
from trustwide.rooms.commons.kinds import kind_of
from trustwide.rooms.commons.models import Comment, Link, Notice, Record
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.ids import uuid7
from trustwide.rooms.people.models import AuditRow
from trustwide.rooms.places.models import Place


@pytest.fixture
def trust(db: None) -> Place:
    return make_organisation(group=make_group())


@pytest.fixture
def message(trust: Place) -> Record:
    return make_message(make_person("Alice", "executive", trust), trust)


def test_a_new_record_has_a_version_an_audit_row_and_words(message: Record) -> None:
    assert [version.fields["title"] for version in message.versions.all()] == ["A good week"]
    row = AuditRow.objects.get(thing=str(message.pk))
    assert (row.verb, row.by.name, row.fields) == ("added", "Alice", ["text", "title"])
    assert message.search_text.text == "The porters found a faster way.\nSt Bride's"


def test_the_same_key_adds_once(trust: Place) -> None:
    alice, key = make_person("Alice", "executive", trust), uuid7()
    kind = kind_of(make_message(alice, trust))
    fields = {"title": "Again", "text": "Twice pressed"}
    made = [actions.add_record(by=alice, kind=kind, place=trust, fields=fields, key=key) for _ in range(3)]
    assert len(set(made)) == 1
    assert kind.model.objects.filter(title="Again").count() == 1


def test_only_who_may_speak_adds_a_message(trust: Place, message: Record) -> None:
    nurse = make_person("Bob", "staff", make_team(trust))
    with pytest.raises(NotAllowed):
        make_message(nurse, trust)
    with pytest.raises(NotAllowed):
        actions.change_record(by=nurse, record=message, version=1, fields={"title": "Mine"})


def test_a_lost_update_is_refused(message: Record) -> None:
    alice, stale = message.owner, type(message).objects.get(pk=message.pk)
    actions.change_record(by=alice, record=message, version=1, fields={"title": "Changed first"})
    with pytest.raises(actions.SomeoneChangedThis) as refusal:
        actions.change_record(by=alice, record=stale, version=1, fields={"title": "Changed second"})
    assert refusal.value.record.title == "Changed first"
    assert stale.version == 1, "what was refused has claimed nothing, and a second try is refused too"
    assert list(message.versions.values_list("number", flat=True)) == [1, 2]


def test_drafts_are_their_writers(trust: Place) -> None:
    alice, bob = make_person("Alice", "executive", trust), make_person("Bob", "executive", trust)
    draft = make_message(alice, trust, stage="draft")
    assert Record.objects.visible_to(alice).filter(pk=draft.pk).exists()
    assert not Record.objects.visible_to(bob).filter(pk=draft.pk).exists()


def test_moving_on_closes(message: Record) -> None:
    actions.move_record(by=message.owner, record=message, version=1, stage="withdrawn")
    again = type(message).objects.get(pk=message.pk)
    assert (again.stage, again.closed_at is not None, again.version) == ("withdrawn", True, 2)


def test_comments_tell_the_owner_and_those_named(trust: Place, message: Record) -> None:
    bob, cyn = make_person("Bob", "staff", make_team(trust)), make_person("Cyn", "staff", trust)
    actions.comment_on(by=bob, record=message, text="Well done @Cyn", mentions=[cyn])
    assert set(Notice.objects.values_list("person__name", "what")) == {("Alice", "commented"), ("Cyn", "mentioned")}


def test_a_stranger_is_told_nothing(message: Record) -> None:
    stranger = make_person("Dan", "staff", make_organisation("Riverside"))
    actions.comment_on(by=message.owner, record=message, text="@Dan", mentions=[stranger])
    assert not Notice.objects.exists()


def test_links_upward_make_no_circle(trust: Place, message: Record) -> None:
    alice = message.owner
    chain = [message, *(make_message(alice, trust, title=f"Message {each}") for each in range(3))]
    for lower, higher in itertools.pairwise(chain):
        actions.link_records(by=alice, start=lower, meaning="contributes-to", end=higher)
    with pytest.raises(actions.WouldMakeACircle):
        actions.link_records(by=alice, start=chain[-1], meaning="contributes-to", end=chain[0])
    actions.link_records(by=alice, start=chain[-1], meaning="learned-from", end=chain[0])
    assert Link.objects.count() == 4


def test_redaction_blanks_every_copy(trust: Place, message: Record) -> None:
    lead = make_person("Lee", "improvement-lead", trust)
    with pytest.raises(NotAllowed):
        actions.redact(by=message.owner, record=message, names=["text"])
    actions.redact(by=lead, record=message, names=["text"])
    message = type(message).objects.get(pk=message.pk)
    assert (message.text, message.search_text.text) == ("[removed]", "[removed]\nSt Bride's")
    assert {version.fields["text"] for version in message.versions.all()} == {"[removed]"}
    assert Notice.objects.get().what == "redacted", "the owner is told"


def test_a_record_that_was_read_earlier_brings_nothing_back(message: Record) -> None:
    """Though the version that is named is the one that stands."""
    read, by = type(message).objects.get(pk=message.pk), message.owner
    actions.change_record(by=by, record=message, version=1, fields={"title": "Newer"})
    with pytest.raises(actions.SomeoneChangedThis):
        actions.change_record(by=by, record=read, version=2, fields={"text": "Mine"})
    assert type(message).objects.get(pk=message.pk).title == "Newer"


def test_redaction_wins_over_what_was_saved_meanwhile(trust: Place, message: Record) -> None:
    lead, seen = make_person("Lee", "improvement-lead", trust), type(message).objects.get(pk=message.pk)
    actions.change_record(by=message.owner, record=message, version=1, fields={"title": "Newer", "text": "His name"})
    actions.redact(by=lead, record=seen, names=["text"])
    now = type(message).objects.get(pk=message.pk)
    assert (now.title, now.text, now.version) == ("Newer", actions.BLANKED, 3)


def test_a_redacted_comment_is_told_to_whoever_wrote_it(trust: Place, message: Record) -> None:
    bob, lead = make_person("Bob", "staff", trust), make_person("Lee", "improvement-lead", trust)
    said = Comment.objects.get(pk=actions.comment_on(by=bob, record=message, text="A name"))
    with pytest.raises(NotAllowed):
        actions.redact_comment(by=bob, comment=said)
    actions.redact_comment(by=lead, comment=said)
    assert Comment.objects.get().text == "[removed]"
    assert [each.person for each in Notice.objects.filter(what="redacted")] == [bob]


def test_audit_rows_stand(message: Record) -> None:
    for act in (lambda: AuditRow.objects.update(verb="x"), lambda: AuditRow.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    assert AuditRow.objects.filter(verb="added").count() == 1
