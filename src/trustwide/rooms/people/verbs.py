"""What each verb of the audit says to a reader: the one table. A new verb in an action gets its sentence here."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trustwide.rooms.people.models import AuditRow

VERBS: dict[str, Any] = {
    "accepted": gettext_lazy("%(who)s used an invitation"),
    "added": gettext_lazy("%(who)s added it"),
    "added-here": gettext_lazy("%(who)s added something at a shared screen"),
    "added-step": gettext_lazy("%(who)s added a second step to sign in with"),
    "agreed": gettext_lazy("%(who)s agreed to a partnership"),
    "answered": gettext_lazy("%(who)s answered in the talk about an objective"),
    "arranged": gettext_lazy("%(who)s arranged what stands on a board"),
    "asked-in": gettext_lazy("%(who)s asked another organisation into a partnership"),
    "attached": gettext_lazy("%(who)s attached a file"),
    "began-partnership": gettext_lazy("%(who)s began a partnership"),
    "changed": gettext_lazy("%(who)s changed it"),
    "chose-notices": gettext_lazy("%(who)s chose what to be told of"),
    "changed-role": gettext_lazy("%(who)s changed the days of a role"),
    "chose-rules": gettext_lazy("%(who)s chose the rules for charts"),
    "closed": gettext_lazy("%(who)s closed a place"),
    "commented": gettext_lazy("%(who)s commented"),
    "described-file": gettext_lazy("%(who)s said what the columns of a file are"),
    "detached": gettext_lazy("%(who)s took a file away"),
    "disabled": gettext_lazy("%(who)s closed an account"),
    "enabled": gettext_lazy("%(who)s opened a closed account again"),
    "ended": gettext_lazy("%(who)s ended a shared screen"),
    "ended-deputy": gettext_lazy("%(who)s no longer has somebody answer for them"),
    "ended-role": gettext_lazy("%(who)s ended a role"),
    "ended-session": gettext_lazy("%(who)s ended a session"),
    "finished": gettext_lazy("%(who)s finished at a shared screen"),
    "gave-code": gettext_lazy("%(who)s had a new code made for a shared screen"),
    "gave-pin": gettext_lazy("%(who)s gave their PIN at a shared screen"),
    "entered-sheet": gettext_lazy("%(who)s entered a paper sheet of huddles"),
    "exported": gettext_lazy("%(who)s exported all that the organisation has"),
    "forgot": gettext_lazy("%(who)s removed what had been kept for long enough"),
    "gave-role": gettext_lazy("%(who)s gave a role"),
    "huddled": gettext_lazy("%(who)s told of a huddle"),
    "invited": gettext_lazy("%(who)s invited somebody"),
    "joined": gettext_lazy("%(who)s joined"),
    "left-partnership": gettext_lazy("%(who)s left a partnership"),
    "linked": gettext_lazy("%(who)s joined it to another"),
    "linked-identity": gettext_lazy("%(who)s signed in with their organisation for the first time"),
    "made-report": gettext_lazy("%(who)s made a board report"),
    "merged": gettext_lazy("%(who)s merged a place into another"),
    "moved": gettext_lazy("%(who)s moved it"),
    "named-deputy": gettext_lazy("%(who)s said who answers for them while they are away"),
    "numbered": gettext_lazy("%(who)s added or put right its numbers"),
    "opened": gettext_lazy("%(who)s opened a place"),
    "opened-account": gettext_lazy("%(who)s opened an account"),
    "planned": gettext_lazy("%(who)s wrote the plan of a day"),
    "pseudonymised": gettext_lazy("%(who)s took the name from who left long ago"),
    "redacted": gettext_lazy("%(who)s blanked out words that should not have been typed"),
    "removed": gettext_lazy("%(who)s removed a channel"),
    "removed-huddle": gettext_lazy("%(who)s took back what was told of a huddle"),
    "removed-pin": gettext_lazy("%(who)s removed their PIN"),
    "removed-report": gettext_lazy("%(who)s removed a board report"),
    "removed-reset": gettext_lazy("%(who)s took back a reset of its limits"),
    "removed-step": gettext_lazy("%(who)s removed a second step to sign in with"),
    "renamed": gettext_lazy("%(who)s gave a place a new name"),
    "reset-limits": gettext_lazy("%(who)s reset its limits"),
    "saved": gettext_lazy("%(who)s set up how an organisation signs in"),
    "sent-file": gettext_lazy("%(who)s sent a file"),
    "set-limits": gettext_lazy("%(who)s set the safe limits"),
    "set-up-board": gettext_lazy("%(who)s set up a board"),
    "set-pin": gettext_lazy("%(who)s set their PIN"),
    "signed-in": gettext_lazy("%(who)s signed in"),
    "signed-out": gettext_lazy("%(who)s signed out"),
    "started": gettext_lazy("%(who)s started a channel again"),
    "stopped": gettext_lazy("%(who)s stopped a channel"),
    "thanked": gettext_lazy("%(who)s thanked somebody"),
    "took-off-thanks": gettext_lazy("%(who)s took a thank-you off a board"),
    "tried-again": gettext_lazy("%(who)s had work tried again"),
    "unlinked": gettext_lazy("%(who)s took a link away"),
    "used-file": gettext_lazy("%(who)s made the changes of a file"),
    "withdrew": gettext_lazy("%(who)s withdrew an invitation"),
    "wrong-pin": gettext_lazy("%(who)s was named with a wrong PIN at a shared screen"),
}


def sentence_of(row: AuditRow) -> str:
    """Who did what, in plain words; a verb of long ago that no table holds any more is shown as it was kept."""
    words = VERBS.get(row.verb, "%(who)s: " + row.verb.replace("-", " ").replace("%", ""))
    return str(words) % {"who": row.by.name if row.by else _("Trustwide")}
