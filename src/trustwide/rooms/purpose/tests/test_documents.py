"""Documents that are checked: sent, read in the background, shown, checked again; and what cannot be read."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from functools import cache
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.house_rules.test_get_is_safe import table_contents
from tests.makers import make_group, make_organisation, make_person, make_team
from trustwide.engines.documents.tests.makers import docx_of, pdf
from trustwide.rooms.commons.actions import redact
from trustwide.rooms.jobs import work
from trustwide.rooms.people.acts import NotAllowed
from trustwide.rooms.people.models import Person
from trustwide.rooms.people.retention import due_now, forget_what_is_due
from trustwide.rooms.places.models import Place
from trustwide.rooms.purpose import actions
from trustwide.rooms.purpose.document_page import lines_of_check
from trustwide.rooms.purpose.models import DocumentCheck, Objective, Value
from trustwide.rooms.purpose.queries import checks_read, values_looked_for
from trustwide.rooms.purpose.tests.made import add, again

CARRIES = "When something has gone wrong you apologise straight away, then find out what happened."
TEXT = f"Job description of a ward clerk. You order paper and keep the notes in order. {CARRIES}"
TICK = re.compile(r'name="no_patient"[^>]*value="(\w+)"')


@pytest.fixture
def trust(db: None) -> Place:
    trust = make_organisation("St Bride's", make_group())
    chief = make_person("Chief", "executive", trust)
    add(Value, chief, trust, "Kind", behaviours="We say sorry before we explain\nWe use people’s names")
    add(Value, chief, trust, "Brave", behaviours="We stop what does not help")
    add(Objective, chief, trust, "No long waits for emergency help")
    return trust


def browser(person: Person) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


def sent(trust: Place, **more: Any) -> dict[str, Any]:
    typed = {"title": "Ward clerk", "sort": "job-description", "place": trust.slug, "sharing": "organisation"}
    return {**typed, **more}


def new(trust: Place) -> str:
    return f"/{trust.slug}/document-checks/new/"


def checked(client: Client, trust: Place, text: str = TEXT, **more: Any) -> str:
    """The address of a document that was sent and read."""
    answer = client.post(new(trust), sent(trust, text=text, **more))
    assert answer.status_code == 302, answer.text
    work.run_ready()
    return str(answer["Location"])


def file(content: bytes, name: str = "clerk.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_document_is_read_in_the_background_and_shows_what_it_carries(trust: Place) -> None:
    client = browser(make_person("Hana", "staff", trust))
    answer = client.post(new(trust), sent(trust, file=file(docx_of(*TEXT.split(". ")))))
    waits = client.get(answer["Location"])
    assert "It is being read" in waits.text
    assert waits["Refresh"] == "4"
    assert "Say something" not in waits.text, "a page that turns itself must not eat what is typed"
    work.run_ready()
    page = client.get(answer["Location"])
    assert "Refresh" not in page.headers
    assert "It carries 1 of our 2 values" in page.text
    assert "apologise straight away" in page.text
    assert "HR and staff side decide" in page.text
    assert "this is how we live our value “Brave”" in page.text
    assert "national contract" not in page.text
    kept = DocumentCheck.objects.get()
    assert (kept.text, "keep the notes" in kept.quotes, len(kept.digest)) == ("", False, 64)


def test_a_consultants_contract_is_not_ours_to_edit(trust: Place) -> None:
    client = browser(make_person("Hana", "staff", trust))
    page = client.get(checked(client, trust, sort="contract")).text
    assert "A consultant’s national contract is not ours to edit" in page


def test_a_new_version_is_joined_to_the_earlier_check(trust: Place) -> None:
    client = browser(make_person("Hana", "staff", trust))
    first = checked(client, trust)
    form = client.get(f"{first}again/").text
    assert "A new version of: Ward clerk" in form
    answer = client.post(f"{first}again/", sent(trust, text=f"{TEXT} You stop what does not help."))
    work.run_ready()
    second = client.get(answer["Location"]).text
    assert "It carries 2 of our 2 values" in second
    assert f'Earlier check: <a href="{first}"' in second
    assert "Nothing is missing" not in second, "it asks nobody to help improve"
    assert answer["Location"] in client.get(first).text
    same = client.post(f"{first}again/", sent(trust, text=TEXT))
    work.run_ready()
    assert "This is the same text" in client.get(same["Location"]).text
    assert client.post(f"{first}again/", sent(trust)).status_code == 422


def test_an_earlier_check_that_the_reader_may_not_see_is_not_named(trust: Place) -> None:
    client = browser(make_person("Hana", "staff", trust))
    first = checked(client, trust)
    second = client.post(f"{first}again/", sent(trust, text=f"{TEXT} Now for all.", sharing="public"))["Location"]
    work.run_ready()
    visitor = browser(make_person("Visitor", "staff", make_organisation("Riverside")))
    assert "Earlier check" in client.get(second).text
    assert "Earlier check" not in visitor.get(second).text
    assert visitor.get(second).status_code == 200


def test_who_may_not_add_there_may_not_check_again(trust: Place) -> None:
    first = checked(browser(make_person("Hana", "staff", trust)), trust)
    guest = make_person("Guest", "partner-guest", trust)
    assert browser(guest).get(first).status_code == 200
    assert browser(guest).get(f"{first}again/").status_code == 403
    with pytest.raises(NotAllowed):
        actions.check_again(by=guest, earlier=DocumentCheck.objects.select_related("place").get(), fields={})
    stranger = make_person("Stranger", "executive", make_organisation("Riverside"))
    assert browser(stranger).get(first).status_code == 404
    assert browser(stranger).get(f"/{trust.slug}/document-checks/coverage/").status_code == 404


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"<w>" + b" " * 300_000_000)
    return out.getvalue()


@cache
def bad_files() -> dict[str, tuple[bytes, str]]:
    return {
        "scanned": (pdf("#rect(width: 4cm, height: 4cm)"), "pictures of pages and no text"),
        "broken": (docx_of("Be kind")[:200], "cannot be read"),
        "bomb": (bomb(), "cannot be read"),
        "500 pages": (pdf("#for i in range(500) [Be kind, be brave, be open. #pagebreak(weak: false)]"), "pages"),
        "old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "old office document"),
        "picture": (b"\x89PNG\r\n\x1a\n" + b"x" * 50, "holds a picture"),
        "empty": (b"", "The file is empty"),
        "blank": (docx_of(" "), "no text in it"),
        "long": (b"Be kind. " * 70_000, "more than 600,000 letters"),
        "large": (b"Be kind. " * 1_200_000, "larger than 10 MB"),
    }


BAD = ("scanned", "broken", "bomb", "500 pages", "old", "picture", "empty", "blank", "long", "large")


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_said_and_what_was_typed_stays(trust: Place, name: str) -> None:
    content, said = bad_files()[name]
    client, before = browser(make_person("Hana", "staff", trust)), table_contents()
    answer = client.post(new(trust), sent(trust, title="My own title", file=file(content)))
    assert answer.status_code == 422
    assert said in answer.text
    assert "My own title" in answer.text
    assert table_contents() == before


def test_the_text_of_a_good_file_is_not_lost_with_a_bad_form(trust: Place) -> None:
    client = browser(make_person("Hana", "staff", trust))
    refused = client.post(new(trust), sent(trust, title="", file=file(TEXT.encode(), "clerk.txt")))
    assert refused.status_code == 422
    assert "You need not send the file again" in refused.text
    assert CARRIES in refused.text
    nothing = client.post(new(trust), sent(trust))
    assert (nothing.status_code, "Choose a file, or paste the text" in nothing.text) == (422, True)


def test_where_pdfs_cannot_be_read_the_form_says_what_to_do(trust: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    client = browser(make_person("Hana", "staff", trust))
    answer = client.post(new(trust), sent(trust, file=file(b"%PDF-1.7", "a.pdf")))
    assert (answer.status_code, "paste it below" in answer.text) == (422, True)


@pytest.mark.parametrize("how", ["file", "pasted"])
def test_an_identifier_anywhere_in_the_text_waits_for_a_yes(trust: Place, how: str) -> None:
    client, text = browser(make_person("Hana", "staff", trust)), f"{TEXT} Such as 943 476 5919."
    told = {"file": file(text.encode(), "a.txt")} if how == "file" else {"text": text}
    refused = client.post(new(trust), sent(trust, **told))
    assert refused.status_code == 422
    assert "943 476 5919" in refused.text
    assert not DocumentCheck.objects.exists()
    tick = TICK.search(refused.text)
    assert tick
    assert client.post(new(trust), sent(trust, text=text, no_patient=tick[1])).status_code == 302


def test_a_blanked_passage_is_gone_and_the_rest_stands(trust: Place) -> None:
    client = browser(make_person("Hana", "staff", trust))
    home = checked(client, trust)
    check = DocumentCheck.objects.select_related("place", "organisation").get()
    redact(by=make_person("Lea", "improvement-lead", trust), record=check, names=["quotes"])
    page = client.get(home).text
    assert "apologise" not in page
    assert "It carries 1 of our 2 values" in page


def test_values_that_the_reader_may_not_see_are_left_out(trust: Place) -> None:
    ward = make_person("Hana", "staff", trust)
    checked(browser(ward), trust, sharing="public")
    check = again(DocumentCheck, DocumentCheck.objects.get())
    visitor = make_person("Visitor", "staff", make_organisation("Riverside"))
    assert [each.title for each in lines_of_check(ward, check)[0]] == ["Kind", "Brave"]
    assert lines_of_check(visitor, check)[0] == []


def test_what_the_reader_may_not_see_is_not_counted(trust: Place) -> None:
    team = make_team(trust)
    own, other = make_person("Hana", "staff", team), make_person("Olu", "staff", make_team(trust, "Ward 8"))
    checked(browser(own), trust, place=team.slug, sharing="team")
    assert [len(checks_read(each, trust)) for each in (own, other)] == [1, 0]
    stranger = make_person("Stranger", "executive", make_organisation("Riverside"))
    assert [len(values_looked_for(each, trust)) for each in (other, stranger)] == [2, 0]


def test_a_text_that_nobody_reads_says_so(trust: Place) -> None:
    client = browser(make_person("Hana", "staff", trust))
    home = client.post(new(trust), sent(trust, text=TEXT))["Location"]
    DocumentCheck.objects.update(updated_at="2020-01-01T00:00Z")
    late = client.get(home)
    assert "Tell your administrator" in late.text
    assert "Refresh" not in late.headers
    DocumentCheck.objects.update(created_at="2020-01-01T00:00Z")
    assert forget_what_is_due()["unread-texts"] == 1
    assert due_now()["unread-texts"] == 0
    work.run_ready()
    assert "its text is gone" in client.get(home).text


def test_coverage_counts_the_latest_versions_and_each_quarter(trust: Place, django_assert_max_num_queries: Any) -> None:
    client = browser(make_person("Hana", "staff", trust))
    address = f"/{trust.slug}/document-checks/coverage/"
    assert "Begin with the one that you give to people most often" in client.get(address).text
    assert f'href="{address}"' in client.get(f"/{trust.slug}/document-checks/").text, "their list leads here"
    first = checked(client, trust)
    client.post(f"{first}again/", sent(trust, text=f"{TEXT} You stop what does not help."))
    checked(client, trust, sort="advert", text="A post of 30 hours.")
    with django_assert_max_num_queries(15):
        page = client.get(address).text
    assert "We checked 2 documents." in page
    assert "“Kind” is carried by 1 of 2." in page
    rows = {cells[0]: cells[1:] for row in re.findall(r"<tr>(.*?)</tr>", page)
            if (cells := re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", row))}  # fmt: skip
    assert rows["Job description"] == ["1", "1 of 1", "1 of 1", "0 of 1"]
    assert rows["Advert"] == ["1", "0 of 1", "0 of 1", "0 of 1"]
    assert rows["St Bride&#39;s"][0] == "2"
    assert 'class="quarters"' in page


def test_coverage_asks_as_often_for_many_documents_as_for_one(trust: Place) -> None:
    hana, counts = make_person("Hana", "staff", trust), []
    client, value = browser(hana), str(Value.objects.earliest("pk").pk)
    found = {"values": [{"id": value, "count": 1, "quoted": [0]}], "support": {"count": 0, "quoted": []}}
    for more in (1, 30):
        for number in range(more):
            check = add(DocumentCheck, hana, trust, f"Advert {number}", sort="advert")
            actions.keep_found(by=hana, check=check, quotes=["We say sorry"], found={**found, "where": [1], "aims": []})
        with CaptureQueriesContext(connection) as asked:
            page = client.get(f"/{trust.slug}/document-checks/coverage/").text
        assert f"“Kind” is carried by {(told := DocumentCheck.objects.count())} of {told}." in page
        counts.append(len(asked))
    print(f"coverage asks {counts} times of 1 and 31 documents")
    assert counts[0] == counts[1] <= 15


NAMES = st.sampled_from(["a.docx", "../../a.pdf", "a\0.txt", ".", "x" * 300 + ".odt", "é.TXT", "a"])
HEADS = st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.7\n", b"\xff\xfe", b"\xd0\xcf\x11\xe0", docx_of("Be kind")])
CONTENTS = st.builds(lambda head, rest: head + rest, HEADS, st.binary(max_size=200))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NAMES, content=CONTENTS)
def test_any_upload_is_answered(trust: Place, name: str, content: bytes) -> None:
    person = Person.objects.filter(name="Fuzz").first() or make_person("Fuzz", "staff", trust)
    head = "".join(
        f'--edge\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
        for key, value in sent(trust).items()
    )
    head += f'--edge\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = head.encode() + content + b"\r\n--edge--\r\n"
    answer = browser(person).post(new(trust), body, "multipart/form-data; boundary=edge")
    assert answer.status_code in (302, 400, 422)
