"""Every write of this room that commons does not do by itself: verdicts, ten answers, and telling of a signal."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from trustwide.rooms.commons import access as commons
from trustwide.rooms.commons import notices
from trustwide.rooms.commons.actions import BLANKED, change_record, move_record
from trustwide.rooms.commons.kinds import NotNow
from trustwide.rooms.gains import access, queries
from trustwide.rooms.gains.models import Answers, Gain, Signal, Verdict
from trustwide.rooms.gains.rounds import next_day, round_now
from trustwide.rooms.gains.ten import REPLIES, SENTENCES
from trustwide.rooms.gains.verdicts import GONE, stage_after, suggested
from trustwide.rooms.people.acts import NotAllowed, record_act
from trustwide.rooms.people.clock import now, today
from trustwide.rooms.people.models import Person

SAY_WHY = _("This is not what follows by itself. Say why.")
NO_ROUND = _("The ten sentences are not asked at the moment.")
NOT_TEN = _("Answer all ten; “I do not know” is an answer too.")


@transaction.atomic
def give_verdict(
    *,
    by: Person,
    gain: Gain,
    version: int,
    fits: bool,
    unequal: str,
    decided_by: str,
    verdict: str = "",
    reason: str = "",
    again_on: date | None = None,
) -> UUID:
    """Write down what a team made of it today, and when it is asked again; its id. Without a `verdict`, what follows.

    NotNow where it is another than that, and nobody says why.
    """
    follows = suggested(gain.turn, fits)
    verdict = verdict or follows
    if verdict != follows and not reason:
        raise NotNow(SAY_WHY)
    stage = stage_after(verdict)
    again = None if stage == GONE else again_on or next_day(gain)
    change_record(by=by, record=gain, version=version, fields={"next_review": again})
    if stage != gain.stage:
        move_record(by=by, record=gain, version=gain.version, stage=stage)
    said = {"reason": reason, "unequal": unequal, "decided_by": decided_by}
    kept = Verdict.objects.create(
        gain=gain, fits=fits, suggested=follows, verdict=verdict, again_on=again, by=by, **said
    )  # fmt: skip
    gain.signals.filter(looked_at=None).update(looked_at=now())
    record_act(
        by=by, verb="gave-verdict", thing=kept, organisation=gain.organisation_id, fields=said, related=gain.pk
    )  # fmt: skip
    return kept.pk


@transaction.atomic
def answer_ten(*, by: Person, gain: Gain, given: list[int | None]) -> None:
    """Give one's ten answers in the round that is asked now, or put one's own right."""
    if not (access.can_answer(by, gain) and notices.can_read(by, gain)):
        raise NotAllowed
    months = round_now(gain)
    if months is None or gain.closed_at is not None:
        raise NotNow(NO_ROUND)
    if len(given) != len(SENTENCES) or not all(each is None or each in REPLIES for each in given):
        raise NotNow(NOT_TEN)
    kept, _new = Answers.objects.update_or_create(gain=gain, months=months, by=by, defaults={"given": given})
    record_act(
        by=by, verb="answered-ten", thing=kept, organisation=gain.organisation_id, related=gain.pk
    )  # fmt: skip


@transaction.atomic
def tell_of_signal(*, by: Person | None, gain: Gain, began: date) -> None:
    """Tell the owner, and nobody else yet, that the measure watched changed for the worse. Twice is once.

    `by` is nobody where the chart itself showed it.
    """
    if by is not None and not commons.can_change(by, gain):
        raise NotAllowed
    signal, is_new = Signal.objects.get_or_create(gain=gain, began=began, defaults={"owner_told": today()})
    if is_new:
        record_act(
            by=by, verb="told-of-signal", thing=signal, organisation=gain.organisation_id, related=gain.pk
        )  # fmt: skip
        notices.tell_owner(gain, by=None, what="gain-signal")


@transaction.atomic
def tell_others_of_signal(*, by: Person | None, signal: Signal) -> None:
    """A week later, tell those who lead there or do it. Twice is once."""
    if by is not None and not commons.can_change(by, signal.gain):
        raise NotAllowed
    if Signal.objects.filter(pk=signal.pk, others_told=None).update(others_told=today()):
        gain = signal.gain
        record_act(
            by=by, verb="told-of-signal", thing=signal, organisation=gain.organisation_id, related=gain.pk
        )  # fmt: skip
        notices.tell(queries.others_of(gain), gain, by=None, what="gain-signal-later")


@transaction.atomic
def blank_verdict(*, by: Person, gain: Gain, verdict: Verdict) -> None:
    """Blank the words of a verdict that should not have been typed; what was decided stays."""
    if not commons.can_redact(by, gain):
        raise NotAllowed
    blanked = {"reason": BLANKED if verdict.reason else "", "unequal": BLANKED, "decided_by": BLANKED}
    Verdict.objects.filter(pk=verdict.pk).update(**blanked)
    record_act(
        by=by, verb="redacted", thing=verdict, organisation=gain.organisation_id, fields=blanked, related=gain.pk
    )  # fmt: skip
