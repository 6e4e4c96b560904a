"""Every write about mini business cases that commons does not do by itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons import access as commons
from trustwide.rooms.commons import notices
from trustwide.rooms.commons.actions import BLANKED, SomeoneChangedThis, change_record, move_record
from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.people.acts import NotAllowed, record_act
from trustwide.rooms.people.models import Person
from trustwide.rooms.resources import access, looking_back, queries
from trustwide.rooms.resources.agreement import fingerprint
from trustwide.rooms.resources.models import LOOKS, Agreement, Benefit, Case, Seen

LOOKED = _("It was looked back at already, so what was thought stays as it was.")


def _hold(case: Case) -> None:
    """What was thought is not made to fit what was seen."""
    if Seen.objects.filter(benefit__case=case.pk).exists():
        raise NotNow(LOOKED)


@transaction.atomic
def set_benefit(
    *, by: Person, case: Case, version: int, fields: dict[str, Any], benefit: Benefit | None = None
) -> UUID:
    """Add a benefit to a case, or change one; its id. The case is at its next version, so that twice is once."""
    change_record(by=by, record=case, version=version, fields={})
    _hold(case)
    kept = benefit or Benefit(case=case)
    for name, value in fields.items():
        setattr(kept, name, value)
    kept.save()
    record_act(
        by=by, verb="set-benefit", thing=kept, organisation=case.organisation_id, fields=fields, related=case.pk
    )  # fmt: skip
    return kept.pk


@transaction.atomic
def remove_benefit(*, by: Person, case: Case, version: int, benefit: Benefit) -> None:
    """Take a benefit out of a case, with what was seen of it."""
    change_record(by=by, record=case, version=version, fields={})
    _hold(case)
    record_act(
        by=by, verb="removed-benefit", thing=benefit, organisation=case.organisation_id, related=case.pk
    )  # fmt: skip
    benefit.delete()


@transaction.atomic
def ask_to_agree(*, by: Person, case: Case, version: int, partner: Person) -> None:
    """Name who is to agree to the numbers, and tell them. Nobody agrees to what they wrote."""
    if not queries.partners_to_choose(case, by).filter(pk=partner.pk).exists():
        raise NotAllowed
    change_record(by=by, record=case, version=version, fields={"partner": partner})
    notices.tell([partner], case, by=by, what="numbers-asked")


@transaction.atomic
def agree_numbers(*, by: Person, case: Case, version: int) -> None:
    """Agree to the numbers as they were read; SomeoneChangedThis, and nothing agreed, where they moved on."""
    if not (access.can_agree(by, case) and notices.can_read(by, case)):
        raise NotAllowed
    locked = Case.objects.select_for_update(of=("self",)).select_related("place", "owner")
    now_it_is = locked.get(pk=case.pk)
    if now_it_is.version != version:
        raise SomeoneChangedThis(now_it_is)
    said = Agreement.objects.create(case=now_it_is, by=by, wording=fingerprint(now_it_is, now_it_is.benefits.all()))
    record_act(
        by=by, verb="agreed-numbers", thing=said, organisation=case.organisation_id, related=case.pk
    )  # fmt: skip
    notices.tell_owner(now_it_is, by=by, what="numbers-agreed")


@transaction.atomic
def look_back(*, by: Person, case: Case, version: int, seen: dict[UUID, tuple[float | None, str]]) -> None:
    """Keep what was seen of each benefit, by its id, six or twelve months on. NotNow where it is too early."""
    benefits = queries.benefits_of(case)
    months = looking_back.next_look(benefits)
    if not looking_back.is_time(case, months) or months is None:
        raise looking_back.too_early(case, months)
    last = months == LOOKS[-1]
    again = None if last else looking_back.day_of(case, LOOKS[-1])
    change_record(by=by, record=case, version=version, fields={"next_review": again})
    for each in benefits:
        value, words = seen.get(each.pk, (None, ""))
        kept = Seen.objects.create(benefit=each, months=months, value=value, words=words, by=by)
        record_act(
            by=by, verb="looked-back", thing=kept, organisation=case.organisation_id, related=case.pk
        )  # fmt: skip
    if last:
        move_record(by=by, record=case, version=case.version, stage=looking_back.DONE)


@transaction.atomic
def blank_benefit(*, by: Person, case: Case, benefit: Benefit) -> None:
    """Blank the words of a benefit, and of what was seen of it, that should not have been typed."""
    if not commons.can_redact(by, case):
        raise NotAllowed
    Benefit.objects.filter(pk=benefit.pk).update(what=BLANKED, measured=BLANKED, budget_line="")
    benefit.seen.exclude(words="").update(words=BLANKED)
    record_act(
        by=by, verb="redacted", thing=benefit, organisation=case.organisation_id, fields=["what", "measured"],
        related=case.pk,
    )  # fmt: skip
