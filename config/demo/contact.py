"""A few conversations of the relay: a startup asks a mentor, a mentor was written to and has not answered yet."""

from datetime import timedelta

from config.demo import logins
from config.demo.dates import Calendar
from network.models import ContactMessage, ContactPlace, ContactThread, Membership, Organisation, Person, Profile

TALKS = (
    (
        "Đưa cảm biến vào xưởng đóng tàu",
        (
            (True, 50, "Chào chị Hương, nhóm em làm cảm biến rung cho máy cắt. Hai xưởng muốn dùng thử nhưng "
             "hỏi bảo hành ba năm. Chị từng bán cho nhà máy: nên hứa đến đâu thì vừa ạ?"),
            (False, 44, "Chào Nam,\n\nĐừng hứa ba năm cho bản thử. Hợp đồng thử ba tháng, đo một con số mà quản đốc "
             "quan tâm (giờ dừng máy), rồi mới nói bảo hành.\n\nThứ Năm tôi ở Khu làm việc chung, ghé 20 phút nhé."),
            (True, 43, "Dạ, em ghé lúc 15:00. Em mang theo số đo của tuần trước. Cảm ơn chị!"),
        ),
    ),
    (
        "Xin góp ý bản chào giá",
        ((True, 3, "Chị ơi, em viết lại bản chào giá: một trang, ba con số. Chị xem giúp em con số thứ hai "
          "có dễ hiểu với kế toán xưởng không?"),),
    ),
)  # fmt: skip


def load(calendar: Calendar) -> None:
    """Let every mentor take messages, and write the conversations that are missing."""
    mentors = Profile.objects.filter(person__email__endswith=f"@{logins.DOMAIN}", is_listed=True)
    mentors.filter(takes_messages=False).update(takes_messages=True)
    writer, mentor = logins.person(logins.ATTENDEE), logins.person(logins.MENTOR)
    for subject, said in TALKS:
        if not ContactThread.objects.filter(writer=writer, person=mentor, subject=subject).exists():
            _talk(writer, mentor, subject, said, calendar)
    _own_a_startup(writer)


def _talk(
    writer: Person, mentor: Person, subject: str, said: tuple[tuple[bool, int, str], ...], calendar: Calendar
) -> None:
    first, last = (calendar.now - timedelta(hours=hours) for hours in (said[0][1], said[-1][1]))
    thread = ContactThread.objects.create(writer=writer, person=mentor, subject=subject, started_at=first, last_at=last)
    for by_writer, hours, body in said:
        ContactMessage.objects.create(
            thread=thread,
            sender=writer if by_writer else mentor,
            by_writer=by_writer,
            body=body,
            channel=ContactMessage.Channel.SITE,
            sent_at=calendar.now - timedelta(hours=hours),
        )
    ContactPlace.objects.create(thread=thread, person=writer, read_at=last)
    if len(said) > 1:
        ContactPlace.objects.create(thread=thread, person=mentor, read_at=last)


def _own_a_startup(person: Person) -> None:
    """The attendee of the demo keeps the entry of a startup: it takes messages, and mentors are suggested to it."""
    if Membership.objects.filter(person=person, role=Membership.Role.OWNER).exists():
        return
    startup = Organisation.objects.filter(kind=Organisation.Kind.STARTUP, is_listed=True).order_by("pk").first()
    if startup is not None:
        Organisation.objects.filter(pk=startup.pk).update(takes_messages=True)
        place = {"role": Membership.Role.OWNER, "title": "Nhà sáng lập"}
        Membership.objects.update_or_create(person=person, organisation=startup, defaults=place)
