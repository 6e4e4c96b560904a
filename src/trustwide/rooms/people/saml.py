"""What is special about sign-in by SAML 2.0 (OASIS 2005): what we ask of its answers, and what they tell."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.models import SocialApp

from trustwide.rooms.people.models import IdentityProvider

#: The names under which providers tell the same thing: Microsoft's, and those of LDAP that others use.
_SCHEMA = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"
EMAIL = (f"{_SCHEMA}emailaddress", "urn:oid:0.9.2342.19200300.100.1.3", "mail", "email")
NAME = ("http://schemas.microsoft.com/identity/claims/displayname", "urn:oid:2.16.840.1.113730.3.1.241", "displayName")
NAME_PARTS = ((f"{_SCHEMA}givenname", "urn:oid:2.5.4.42", "givenName"), (f"{_SCHEMA}surname", "urn:oid:2.5.4.4", "sn"))
#: What stays the same for a person when their name or address changes; without one of these, the subject itself.
LASTING = [
    "urn:oasis:names:tc:SAML:attribute:subject-id",
    "http://schemas.microsoft.com/identity/claims/objectidentifier",
]
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"


def as_app(provider: IdentityProvider) -> SocialApp:
    """The provider in allauth's form: only signed assertions, and only in answer to a question of ours."""
    idp = {"entity_id": provider.entity_id, "sso_url": provider.server_url, "x509cert": provider.certificate}
    advanced = {
        "want_assertion_signed": True, "reject_idp_initiated_sso": True, "name_id_format": PERSISTENT,
        "reject_deprecated_algorithm": True, "allow_single_label_domains": True,  # such as https://trustwide/
    }  # fmt: skip
    settings = {"idp": idp, "advanced": advanced, "attribute_mapping": {"uid": LASTING, "email": list(EMAIL)}}
    return SocialApp(
        provider="saml", provider_id=provider.slug, name=provider.name, client_id=provider.slug, settings=settings
    )


def claims(told: dict[str, Any]) -> dict[str, Any]:
    """Its attributes by the names that OpenID Connect has for them. SAML never says whether an address is checked."""
    parts = [_first(told, names) for names in NAME_PARTS]
    return {"email": _first(told, EMAIL), "name": _first(told, NAME) or " ".join(filter(None, parts))}


def _first(told: dict[str, Any], names: tuple[str, ...]) -> str:
    values = (value for name in names for value in told.get(name) or [])
    return next((each.strip() for each in values if isinstance(each, str) and each.strip()), "")
