"""Whose mailbox proves that somebody speaks for an entry.

A domain proves it only if it is the entry's alone: with free mail providers, shared hosts, schools and authorities, an
address at the domain says that somebody is one of thousands, and where several entries share one, of which is open.
There the very address that the entry shows counts, else staff.
"""

from urllib.parse import urlsplit

from django.db.models import Q

from network.models import Organisation, Profile
from network.visibility import Seen, Standing

FREE_MAIL = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "yahoo.com",
        "yahoo.com.vn",
        "ymail.com",
        "outlook.com",
        "outlook.com.vn",
        "hotmail.com",
        "live.com",
        "msn.com",
        "icloud.com",
        "me.com",
        "mac.com",
        "aol.com",
        "proton.me",
        "protonmail.com",
        "pm.me",
        "zoho.com",
        "gmx.com",
        "gmx.net",
        "mail.com",
        "yandex.com",
        "yandex.ru",
        "mail.ru",
        "qq.com",
        "163.com",
        "126.com",
        "naver.com",
        "hanmail.net",
        "tutanota.com",
        "tuta.io",
        "fastmail.com",
        "hey.com",
        "vnn.vn",
        "hcm.vnn.vn",
        "hn.vnn.vn",
        "fpt.vn",
        "zing.vn",
        "mail.zing.vn",
    ]
)
SHARED_HOSTS = frozenset(
    [
        "facebook.com",
        "fb.com",
        "linkedin.com",
        "zalo.me",
        "youtube.com",
        "tiktok.com",
        "instagram.com",
        "twitter.com",
        "x.com",
        "google.com",
        "github.io",
        "github.com",
        "gitlab.io",
        "wordpress.com",
        "blogspot.com",
        "wixsite.com",
        "weebly.com",
        "webflow.io",
        "notion.site",
        "carrd.co",
        "vercel.app",
        "netlify.app",
        "web.app",
        "firebaseapp.com",
        "herokuapp.com",
        "shopify.com",
        "myshopify.com",
        "sapo.vn",
        "haravan.com",
        "linktr.ee",
        "medium.com",
    ]
)
SECOND_LEVEL = frozenset(
    [
        "com",
        "net",
        "org",
        "edu",
        "gov",
        "ac",
        "int",
        "biz",
        "info",
        "name",
        "pro",
        "health",
        "co",
        "or",
        "go",
        "ne",
        "gob",
    ]
)
CROWDED = frozenset({"edu", "gov", "ac", "mil", "go"})
"""Endings under which thousands share a domain."""


def bare(host: str) -> str:
    """Return a host in lower case and ASCII, without its port, its last dot and "www.".

    >>> bare("WWW.Cang-Xanh.vn:443")
    'cang-xanh.vn'
    """
    name = host.strip().lower().partition(":")[0].rstrip(".").removeprefix("www.")
    try:
        return name.encode("idna").decode()
    except UnicodeError:
        return ""


def registrable(host: str) -> str:
    """Return what somebody registered: the last two labels, or three where the second is a general one.

    >>> registrable("blog.cangxanh.com.vn"), registrable("cangxanh.vn")
    ('cangxanh.com.vn', 'cangxanh.vn')
    """
    labels = bare(host).split(".")
    if len(labels) < 2 or not all(labels):
        return ""
    wanted = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in SECOND_LEVEL else 2
    return ".".join(labels[-wanted:])


def host_of(address: str) -> str:
    """Return the bare host of a web address or the domain of a mailbox, "" for neither."""
    if "@" in address and "/" not in address:
        return bare(address.rpartition("@")[2])
    try:
        return bare(urlsplit(address if "//" in address else f"//{address}").hostname or "")
    except ValueError:
        return ""


def is_ours_alone(domain: str) -> bool:
    """Whether an address at a registrable domain says that somebody belongs to one organisation."""
    if not domain or domain in FREE_MAIL or domain in SHARED_HOSTS:
        return False
    return not CROWDED & set(domain.split(".")[1:])


def proving(entry: Organisation | Profile) -> list[str]:
    """Return the domains at which a mailbox proves a claim of the entry. Never any for a person's entry."""
    if isinstance(entry, Profile):
        return []
    hosts = [host_of(entry.website), host_of(entry.contact_email)]
    domains = dict.fromkeys(registrable(host) for host in hosts if host)
    return [domain for domain in domains if is_ours_alone(domain) and not _is_shared(domain, entry)]


def _is_shared(domain: str, entry: Organisation) -> bool:
    """Whether another entry stands at the domain, too: an incubator's mailboxes speak for none of its startups."""
    others = Organisation.objects.filter(merged_into=None).exclude(pk=entry.pk)
    others = others.filter(Q(website__icontains=domain) | Q(contact_email__icontains=domain))
    addresses = (address for pair in others.values_list("website", "contact_email") for address in pair if address)
    return any(registrable(host_of(address)) == domain for address in addresses)


def told(entry: Organisation | Profile, standing: Standing) -> list[str]:
    """Return those of the proving domains that a viewer may be told: they stand in what the entry shows to them."""
    seen = Seen(entry, standing)
    hosts = {registrable(host_of(str(value or ""))) for value in (seen.website, seen.contact_email) if value}
    return [domain for domain in proving(entry) if domain in hosts]


def proves(email: str, entry: Organisation | Profile) -> bool:
    """Whether whoever reads this mailbox speaks for the entry: its own address, or one at its domain."""
    address = email.strip().lower()
    if entry.contact_email and address == entry.contact_email.strip().lower():
        return True
    host = bare(address.rpartition("@")[2])
    return any(host == domain or host.endswith(f".{domain}") for domain in proving(entry))
