"""The doors: addresses of signing in, and of one's own account, as they answer somebody who is not signed in.

What they do for those who come through them is told by `sign_in_screens.py`, by the room's own tests and by journeys.
"""

from __future__ import annotations

from tests.house_rules.examples import Example


def door(name: str, parts: dict[str, str] | None = None, get: int = 302, post: int = 302) -> Example:
    return Example(name, parts or {}, get, post, signed_in=False)


DOORS = [
    door("account_login", get=200, post=200),
    door("mfa_authenticate"),
    door("mfa_login_webauthn"),
    door("openid_connect_login", {"provider_id": "none"}, get=404, post=404),
    door("openid_connect_callback", {"provider_id": "none"}, get=404, post=404),
    door("saml_acs", {"organization_slug": "none"}, get=404, post=404),
    door("saml_finish_acs", {"organization_slug": "none"}, get=404, post=404),
    door("saml_sls", {"organization_slug": "none"}, get=404, post=404),
    door("saml_metadata", {"organization_slug": "none"}, get=404, post=404),
    door("account_logout", get=405),
    door("account_reset_password", get=200, post=200),
    door("account_reset_password_done", get=200, post=405),
    door("account_reset_password_from_key", {"uidb36": "ab", "key": "cd-ef"}, get=200, post=200),
    door("account_reset_password_from_key_done", get=200, post=405),
    door("places:welcome", {"token": "used"}, get=404, post=404),
    door("people:end-session", {"number": "9999999"}),
    door("people:end-other-sessions"),
    door("mfa_index"),
    door("mfa_list_webauthn"),
    door("account_change_password"),
    door("account_set_password"),
    door("account_reauthenticate"),
    door("mfa_reauthenticate"),
    door("mfa_reauthenticate_webauthn"),
    door("mfa_activate_totp"),
    door("mfa_deactivate_totp"),
    door("mfa_view_recovery_codes"),
    door("mfa_generate_recovery_codes"),
    door("mfa_add_webauthn"),
    door("mfa_remove_webauthn", {"pk": "1"}),
]
