"""Who a newcomer may log in as: one person for each role, one password for all."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from cms.groups import COMMS, ORGANISERS, ensure_groups
from events.models import EventStaff
from network.models import Person

DOMAIN = "demo.haiphong.example"
PASSWORD = "hoaphuongdo"


@dataclass(frozen=True, kw_only=True)
class Login:
    """A demo login. `group` gives the permissions of the admin, `door` a role at every event."""

    name: str
    full_name: str
    role: str
    group: str = ""
    door: str = ""
    is_superuser: bool = False

    @property
    def email(self) -> str:
        """The address to log in with."""
        return f"{self.name}@{DOMAIN}"


ADMIN = Login(name="quantri", full_name="Trần Hoàng Việt", role="Quản trị · administrator", is_superuser=True)
EDITOR = Login(name="bientap", full_name="Phạm Thu Hà", role="Biên tập · comms editor", group=COMMS)
ORGANISER = Login(
    name="tochuc", full_name="Vũ Minh Tuấn", role="Tổ chức · organiser", group=ORGANISERS, door="ORGANISER"
)
DOOR = Login(name="soatve", full_name="Lê Thị Cúc", role="Soát vé · door volunteer", door="DOOR")
MENTOR = Login(name="covan", full_name="Bùi Thị Lan Hương", role="Cố vấn · mentor")
ATTENDEE = Login(name="khach", full_name="Đỗ Hải Nam", role="Khách · attendee")
ALL = (EDITOR, ORGANISER, DOOR, MENTOR, ATTENDEE, ADMIN)


def load() -> None:
    """Make the demo logins that are missing, with verified addresses."""
    known = set(Person.objects.filter(email__in=[login.email for login in ALL]).values_list("email", flat=True))
    missing = [login for login in ALL if login.email not in known]
    ensure_groups()
    password = make_password(PASSWORD) if missing else ""
    for login in missing:
        _make(login, password)


def person(login: Login) -> Person:
    """The person behind a demo login."""
    return Person.objects.get(email=login.email)


def _make(login: Login, password: str) -> None:
    made = Person.objects.create(
        email=login.email,
        full_name=login.full_name,
        password=password,
        is_staff=login.is_superuser or bool(login.group),
        is_superuser=login.is_superuser,
    )
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    if login.group:
        made.groups.add(Group.objects.get(name=login.group))
    if login.door:
        EventStaff.objects.create(person=made, role=login.door)
