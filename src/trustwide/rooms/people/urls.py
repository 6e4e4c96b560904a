"""The addresses of this room. allauth looks some of its own up by its own names, so those have no namespace."""

from django.urls import include, path, re_path

from trustwide.rooms.people import doors, views

ours = [
    path("roles/", views.roles, name="roles"),
    path("me/", views.me, name="me"),
    path("me/name/", views.my_name, name="my-name"),
    path("me/sessions/end-others/", views.end_other_sessions, name="end-other-sessions"),
    path("me/sessions/<int:number>/end/", views.end_session, name="end-session"),
]
urlpatterns = [
    path("", include((ours, "people"))),
    path("sign-in/", doors.sign_in, name="account_login"),
    path("sign-in/code/", doors.sign_in_code, name="mfa_authenticate"),
    path("sign-in/passkey/", doors.sign_in_passkey, name="mfa_login_webauthn"),
    path("sign-in/with/<slug:provider_id>/", doors.through_organisation, name="openid_connect_login"),
    path("sign-in/with/<slug:provider_id>/back/", doors.back_from_organisation, name="openid_connect_callback"),
    path("sign-in/with/<slug:organization_slug>/posted/", doors.posted_by_organisation, name="saml_acs"),
    path("sign-in/with/<slug:organization_slug>/in/", doors.in_from_organisation, name="saml_finish_acs"),
    path("sign-in/with/<slug:organization_slug>/out/", doors.not_out, name="saml_sls"),
    path("sign-in/with/<slug:organization_slug>/metadata/", doors.our_metadata, name="saml_metadata"),
    path("sign-out/", views.sign_out, name="account_logout"),
    path("forgotten-password/", doors.forgotten, name="account_reset_password"),
    path("forgotten-password/sent/", doors.forgotten_sent, name="account_reset_password_done"),
    path("forgotten-password/done/", doors.new_password_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^forgotten-password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        doors.new_password,
        name="account_reset_password_from_key",
    ),
    path("me/", views.me, name="mfa_index"),
    path("me/", views.me, name="mfa_list_webauthn"),
    path("me/password/", doors.change_password, name="account_change_password"),
    path("me/password/first/", doors.first_password, name="account_set_password"),
    path("me/again/", doors.again, name="account_reauthenticate"),
    path("me/again/code/", doors.again_code, name="mfa_reauthenticate"),
    path("me/again/passkey/", doors.again_passkey, name="mfa_reauthenticate_webauthn"),
    path("me/app/add/", doors.add_app, name="mfa_activate_totp"),
    path("me/app/remove/", doors.remove_app, name="mfa_deactivate_totp"),
    path("me/recovery-codes/", doors.recovery_codes, name="mfa_view_recovery_codes"),
    path("me/recovery-codes/new/", doors.new_recovery_codes, name="mfa_generate_recovery_codes"),
    path("me/passkeys/add/", doors.add_passkey, name="mfa_add_webauthn"),
    path("me/passkeys/<int:pk>/remove/", doors.remove_passkey, name="mfa_remove_webauthn"),
]
