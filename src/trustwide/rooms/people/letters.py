"""The letters about accounts. With no mail server they are files in the data folder, for its owner alone."""

from __future__ import annotations

from django.core.mail import EmailMessage, get_connection
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from trustwide.rooms.people.models import Invitation


def _send(to: str, subject: str, *paragraphs: str) -> None:
    _letter(to, subject, *paragraphs).send()


def _letter(to: str, subject: str, *paragraphs: str) -> EmailMessage:
    return EmailMessage(" ".join(subject.split()), "\n\n".join(paragraphs) + "\n", None, [to])


def send_new_password(to: str, link: str) -> None:
    _send(
        to,
        _("Set a new password for Trustwide"),
        _("Somebody asked to set a new password for your account. If it was you, open this link within an hour:"),
        link,
        _("If it was not you, do nothing. Your password stays as it is."),
    )


def send_organisation(to: str, organisation: str) -> None:
    _send(
        to,
        _("How you sign in to Trustwide"),
        _("Somebody asked to set a new password for your account, but you need none here."),
        _("Sign in with %(name)s: the button is on the sign-in page.") % {"name": organisation},
        _("If it was not you, do nothing."),
    )


def send_no_account(to: str) -> None:
    """Sent so that a stranger cannot tell, by the page or by its speed, who has an account."""
    _send(
        to,
        _("You have no account on Trustwide"),
        _("Somebody asked to set a new password for this address, but no account has it."),
        _("If it was you, try another of your addresses, or ask your administrator to invite you."),
        _("If it was not you, do nothing."),
    )


def send_wrong_pins(to: str, *, device: str, place: str) -> None:
    _send(
        to,
        _("Your PIN was typed wrong five times"),
        _("Somebody typed a wrong PIN for you five times at %(device)s, %(place)s. The PIN now waits before it works.")
        % {"device": device, "place": place},
        _("If it was you, wait a little, or set a new PIN in your account."),
        _("If it was not you, tell whoever leads that team. Nothing was added in your name."),
    )


def send_deputy(to: str, *, name: str, days: str, by: str) -> None:
    _send(
        to,
        _("You answer for %(name)s") % {"name": name},
        _("%(by)s named you to answer for %(name)s, %(days)s.") % {"by": by, "name": name, "days": days},
        _("What waits for them then waits for you too. If you cannot, tell them, and they choose somebody else."),
    )


def send_named_for(to: str, *, name: str, days: str, by: str) -> None:
    _send(
        to,
        _("%(name)s answers for you") % {"name": name},
        _("%(by)s said that %(name)s answers for you, %(days)s.") % {"by": by, "name": name, "days": days},
        _("You can end it in your account, under “While I am away”."),
    )


def send_invitation(invitation: Invitation, link: str, *, place: str, role: str) -> None:
    _invitation(invitation, link, place=place, role=role).send()


def send_invitations(told: list[tuple[Invitation, str, dict[str, str]]]) -> None:
    """Many at once, through one connection."""
    letters = [_invitation(invitation, link, **words) for invitation, link, words in told]
    if letters:
        get_connection().send_messages(letters)


def _invitation(invitation: Invitation, link: str, *, place: str, role: str) -> EmailMessage:
    return _letter(
        invitation.email,
        _("You are invited to %(place)s on Trustwide") % {"place": place},
        _("%(name)s invites you to %(place)s on Trustwide as: %(role)s.")
        % {"name": invitation.made_by.name, "place": place, "role": role},
        _("Open this link before %(day)s. It works once:")
        % {"day": date_format(localtime(invitation.ends_at), "j F Y")},
        link,
        _("If you do not know why you got this, do nothing."),
    )
