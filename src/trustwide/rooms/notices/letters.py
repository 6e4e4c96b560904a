"""The e-mail of notices: plain text and simple HTML, with a link that stops it."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from trustwide.rooms.commons.models import Notice
from trustwide.rooms.notices.telling import beside_of, link_of, title_of
from trustwide.rooms.people.models import Person

SALT = "trustwide: stop the e-mail of notices"


def send_notices(person: Person, notices: list[Notice], *, more: int) -> None:
    """One letter. Its subject names nothing: that is read on locked screens."""
    count = len(notices) + more
    subject = ngettext("%(num)s new thing for you on Trustwide", "%(num)s new things for you on Trustwide", count)
    stop = f"{settings.SITE}/notices/stop/{stop_letter(person)}/"
    text = _as_text(person, notices, more, stop)
    letter = EmailMultiAlternatives(
        subject % {"num": count},
        text,
        None,
        [person.email],
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
    letter.attach_alternative(_as_html(person, notices, more, stop), "text/html")
    letter.send()


def _as_text(person: Person, notices: list[Notice], more: int, stop: str) -> str:
    parts = [_("Hello %(name)s,") % {"name": person.name}]
    parts += [f"{title_of(each)}\n{beside_of(each)}\n{settings.SITE}{link_of(each)}" for each in notices]
    parts += _ending(more)
    parts.append(_("To get no more of these, open this link:") + f"\n{stop}")
    return "\n\n".join(parts) + "\n"


def _as_html(person: Person, notices: list[Notice], more: int, stop: str) -> SafeString:
    lines = [(settings.SITE + link_of(each), title_of(each), beside_of(each)) for each in notices]
    listed = format_html_join("\n", '<li><a href="{}">{}</a><br>{}</li>', lines)
    ending = format_html_join("\n", "<p>{}</p>", [[each] for each in _ending(more)])
    hello = _("Hello %(name)s,") % {"name": person.name}
    words = _("Get no more of these")
    return format_html(
        '<html lang="en-GB"><body>\n<p>{}</p>\n<ul>\n{}\n</ul>\n{}\n<p><a href="{}">{}</a></p>\n</body></html>\n',
        hello, listed, ending, stop, words,
    )  # fmt: skip


def _ending(more: int) -> list[str]:
    rest = ngettext("And %(num)s more.", "And %(num)s more.", more) % {"num": more}
    where = _("All of them are at %(address)s") % {"address": f"{settings.SITE}/notices/"}
    return [*([rest] if more else []), where]


def stop_letter(person: Person) -> str:
    """What the link that stops a person's e-mails holds. It can do nothing else, so it need not end."""
    return signing.Signer(salt=SALT).sign(str(person.pk))


def person_of(letter: str) -> str | None:
    """Whose link it is; None where it was not made here."""
    try:
        return signing.Signer(salt=SALT).unsign(letter)
    except signing.BadSignature:
        return None
