"""Who gets in at an address, and what one's own account answers, written by hand: no gate and no list of roles is read.

In `GETS_IN` whoever is not named in a row is refused there: 403 where they read the trust, 404 where they do not.
`above` is an executive of the group, who is not of the trust and reads what the whole group may.
"""

from __future__ import annotations

LEAD = "manager improver improvement-lead executive"
WORK_THERE = f"staff team-leader {LEAD} analyst board-member peoples-voice administrator"
ON_THE_WARD = f"{WORK_THERE} service-user-partner"
#: What the roles of a row may be called together.
TOGETHER = {
    "LEAD": LEAD,  # of what stands at the trust
    "WORK-THERE": WORK_THERE,
    "ON-THE-WARD": ON_THE_WARD,
    "NOBODY-ELSE": "",  # nobody but the one who is concerned, who is in no row
}
#: An address of the trust's own, the method, and the roles that get in.
GETS_IN = """
decisions:decide              post  executive
decisions:me-too              post  WORK-THERE
decisions:change-scheme       get   executive administrator above
decisions:scheme              get   WORK-THERE
decisions:drop-in             get   WORK-THERE
decisions:calendar            get   WORK-THERE
resources:agree               post  NOBODY-ELSE
resources:pots                get   WORK-THERE
resources:came                get   WORK-THERE
resources:draw                get   WORK-THERE
resources:look-back           get   LEAD
resources:ask-to-agree        post  LEAD
resources:blank-benefit       post  improvement-lead administrator
projects:publish              post  LEAD analyst board-member peoples-voice administrator
projects:thank                post  manager executive board-member
projects:rigour               get   LEAD above
projects:team                 get   LEAD
projects:remove-member        post  LEAD
projects:hours                get   LEAD
projects:measures             get   LEAD
projects:end                  get   LEAD
projects:study                get   LEAD
projects:decide               get   LEAD
projects:begin                post  LEAD
projects:add-test             get   LEAD analyst board-member peoples-voice administrator
projects:tell-failure         get   LEAD analyst board-member peoples-voice administrator
experiments:set-limits        get   executive board-member above
experiments:limits            get   WORK-THERE above
experiments:begin             post  LEAD
experiments:ask               post  LEAD
experiments:end               get   LEAD
escalation:set-tiers          get   improvement-lead administrator
escalation:tiers              get   WORK-THERE
escalation:asks               get   WORK-THERE
escalation:overnight          get   WORK-THERE
escalation:answer             post  LEAD
escalation:helped             post  NOBODY-ELSE
escalation:agree              post  NOBODY-ELSE
escalation:door               get   team-leader LEAD above
ideas:ask                     get   executive
ideas:support                 post  team-leader LEAD analyst board-member peoples-voice administrator
ideas:word-anew               post  LEAD
ideas:answer                  post  LEAD
ideas:outcome                 post  LEAD
ideas:merge                   get   LEAD
ideas:angle                   post  WORK-THERE
ideas:redact-reply            post  improvement-lead administrator
gains:verdict                 get   LEAD
gains:answers                 get   LEAD analyst board-member peoples-voice administrator
gains:blank-verdict           post  improvement-lead administrator
purpose:review                get   LEAD
purpose:start                 get   LEAD
purpose:stop                  get   LEAD
purpose:answer                post  LEAD
purpose:share                 post  LEAD
purpose:check-again           get   LEAD analyst board-member peoples-voice administrator
tools:edit                    get   LEAD analyst board-member peoples-voice administrator
boards:arrange                get   team-leader LEAD above
boards:set-up                 get   team-leader LEAD above
boards:move                   post  team-leader LEAD above
boards:huddles                get   ON-THE-WARD above
boards:sheet                  get   ON-THE-WARD above
devices:devices               get   team-leader manager administrator
devices:new-device            get   team-leader manager administrator
devices:new-code              post  team-leader manager administrator
devices:rename                get   team-leader manager administrator
devices:end                   post  team-leader manager administrator
places:invite                 get   administrator
places:give-role              get   administrator
places:end-role               get   administrator
places:close-account          post  administrator
places:reopen-account         post  administrator
places:end-sessions           post  administrator
places:people                 get   WORK-THERE
places:person                 get   WORK-THERE
places:export                 get   administrator
places:export-people          get   administrator
places:send                   get   administrator
places:send-people            get   administrator
places:add                    get   administrator
places:rename                 get   administrator
places:move                   get   administrator
places:merge                  get   administrator
places:close                  get   administrator
places:begin                  get   administrator
places:ask                    get   administrator
places:agree                  post  administrator
places:leave                  post  administrator
jobs:not-done                 get   administrator
jobs:again                    post  administrator
measures:reports              get   WORK-THERE
measures:report               get   WORK-THERE
measures:report-pdf           get   WORK-THERE
measures:new-report           get   LEAD analyst
measures:remove-report        post  LEAD analyst
commons:export-measures       get   WORK-THERE above
commons:history-measures      get   WORK-THERE
commons:move-measures         post  LEAD
commons:link-measures         post  LEAD
commons:local-need-measures   post  LEAD
commons:comment-measures      post  WORK-THERE
commons:attach-measures       post  WORK-THERE
commons:redact-comment-measures  post  improvement-lead administrator
commons:add-measures          get   team-leader LEAD analyst above
commons:change-measures       get   LEAD
commons:redact-measures       get   improvement-lead administrator
decisions:ask                 get   ON-THE-WARD above
decisions:drop-ins            get   WORK-THERE
decisions:offer               get   manager executive
decisions:lower               get   WORK-THERE
places:away-of                get   staff team-leader manager executive administrator
places:look                   get   NOBODY-ELSE
places:look-people            get   NOBODY-ELSE
projects:try-idea             get   WORK-THERE
purpose:take                  post  NOBODY-ELSE
resources:set-pot             get   WORK-THERE
resources:pot                 get   WORK-THERE
resources:add-benefit         get   LEAD
resources:change-benefit      get   LEAD
tools:start                   get   ON-THE-WARD above
boards:remove-huddle          post  team-leader LEAD above
boards:take-off-thanks        post  team-leader LEAD above
"""
#: Actions that look closer than their gate: they may refuse whoever the gate let in, and never these. `the sender` is
#: who has every role, and sent what the address names.
LOOKS_CLOSER = {
    "commons:unlink": LEAD,
    "commons:detach": f"{LEAD} administrator",
    "measures:numbers": f"{LEAD} analyst",
    "measures:resets": f"{LEAD} analyst",
    "measures:remove-reset": f"{LEAD} analyst",
    "measures:choose-columns": "",
    "measures:choose-measures": "",
    "places:look": "",
    "places:look-people": "",
    "notices:read-one": "",
    "notices:add-channel": "team-leader manager executive administrator",
    "notices:change-channel": "manager executive administrator",
    "notices:start-channel": "manager executive administrator",
    "notices:remove-channel": "manager executive administrator",
    "boards:remove-huddle": f"team-leader {LEAD}",  # and whoever told of it
    "boards:take-off-thanks": f"team-leader {LEAD}",
    "purpose:take": "",  # the other side
    "decisions:offer": "manager executive",  # those who decide something
    "places:away-of": "staff team-leader manager executive administrator",  # one's own, and those who lead the person
}
#: What one's own account answers somebody who has a password and signed in a while ago: address, GET, POST. At some
#: pages they show `again` that it is them; `there` is where they are sent who are in already.
ACCOUNT = """
people:my-name                200    422
people:end-session            405    404
people:end-other-sessions     405    302
mfa_index                     200    405
mfa_list_webauthn             200    405
account_change_password       200    200
account_set_password          again  again
account_reauthenticate        200    200
mfa_reauthenticate            again  again
mfa_reauthenticate_webauthn   again  again
mfa_activate_totp             again  again
mfa_deactivate_totp           404    404
mfa_view_recovery_codes       404    405
mfa_generate_recovery_codes   again  again
mfa_add_webauthn              again  again
mfa_remove_webauthn           again  again
account_login                 there  there
mfa_authenticate              there  there
mfa_login_webauthn            there  there
account_reset_password        200    200
places:welcome                404    404
"""


def roles(words: str) -> set[str]:
    """The roles that a row names, one by one or together."""
    return {role for word in words.split() for role in TOGETHER.get(word, word).split()}
