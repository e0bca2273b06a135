"""A mentor's own calendar: read without its titles, fetched from public addresses alone."""

import socket
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from network.mentoring import busy, fetching
from network.mentoring.fetching import NotFetched
from network.mentoring.slots import Span
from network.models import BusyTime, MentorHours
from network.refusals import Invalid, NotPermitted
from tests.factories import NOW, PersonFactory
from tests.network.dump import everything
from tests.network.mentoring_scenes import mentor

BERLIN = ZoneInfo("Europe/Berlin")
SINCE, UNTIL = datetime(2026, 3, 23, tzinfo=UTC), datetime(2026, 4, 20, tzinfo=UTC)
HOUR = timedelta(hours=1)


def calendar(*events: str) -> bytes:
    """A calendar with these events."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN"]
    for number, event in enumerate(events):
        uid = [] if "UID:" in event else [f"UID:{number}@elsewhere"]
        lines += ["BEGIN:VEVENT", *uid, "DTSTAMP:20260101T000000Z", *event.split("|"), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def spans(*events: str) -> list[tuple[str, str]]:
    """From when until when, by the clock of Berlin."""
    found = busy.busy_spans(calendar(*events), zone=BERLIN, since=SINCE, until=UNTIL)
    return [
        (f"{s.starts_at.astimezone(BERLIN):%d.%m. %H:%M}", f"{s.ends_at.astimezone(BERLIN):%d.%m. %H:%M}")
        for s in found
    ]


ONE = "DTSTART:20260325T080000Z|DTEND:20260325T090000Z"


def test_an_event_is_a_span_and_those_that_overlap_are_one() -> None:
    assert spans(ONE) == [("25.03. 09:00", "25.03. 10:00")]
    assert spans(ONE, "DTSTART:20260325T083000Z|DURATION:PT2H") == [("25.03. 09:00", "25.03. 11:30")]


def test_what_repeats_is_unrolled_by_the_clock_of_its_zone_over_a_leap() -> None:
    weekly = "DTSTART;TZID=Europe/Berlin:20260302T090000|DTEND;TZID=Europe/Berlin:20260302T100000|RRULE:FREQ=WEEKLY"
    without = f"{weekly}|EXDATE;TZID=Europe/Berlin:20260406T090000"
    assert [start for start, _end in spans(without)] == ["23.03. 09:00", "30.03. 09:00", "13.04. 09:00"]


def test_a_single_date_of_a_series_that_was_moved_or_cancelled_counts_as_it_is() -> None:
    series = "UID:s@x|DTSTART:20260323T080000Z|DTEND:20260323T090000Z|RRULE:FREQ=WEEKLY;COUNT=3"
    moved = "UID:s@x|RECURRENCE-ID:20260330T080000Z|DTSTART:20260331T120000Z|DTEND:20260331T130000Z"
    off = "UID:s@x|RECURRENCE-ID:20260406T080000Z|DTSTART:20260406T080000Z|DTEND:20260406T090000Z|STATUS:CANCELLED"
    assert [start for start, _end in spans(series, moved, off)] == ["23.03. 09:00", "31.03. 14:00"]


def test_whole_days_and_times_without_zone_are_by_the_mentors_clock() -> None:
    assert spans("DTSTART;VALUE=DATE:20260329|DTEND;VALUE=DATE:20260330") == [("29.03. 00:00", "30.03. 00:00")]
    assert spans("DTSTART:20260325T090000|DTEND:20260325T093000") == [("25.03. 09:00", "25.03. 09:30")]


@pytest.mark.parametrize(
    "mark", ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "X-MICROSOFT-CDO-BUSYSTATUS:FREE", "RRULE:FREQ=SECONDLY"]
)
def test_what_is_free_cancelled_or_beats_like_a_clock_does_not_count(mark: str) -> None:
    assert spans(f"{ONE}|{mark}") == []


def test_what_our_own_letters_put_there_does_not_count() -> None:
    assert spans(f"UID:abc@{settings.CALENDAR_DOMAIN}|{ONE}") == []


@pytest.mark.parametrize("content", [b"", b"<html>", b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", b"\xff\xfe"])
def test_what_is_no_calendar_is_unreadable(content: bytes) -> None:
    with pytest.raises(busy.Unreadable):
        busy.busy_spans(content, zone=BERLIN, since=SINCE, until=UNTIL)


def test_more_than_anybodys_calendar_holds_is_unreadable() -> None:
    with pytest.raises(busy.Unreadable):
        spans(*[ONE] * 2001)


@pytest.mark.django_db
class TestFiles:
    """An uploaded calendar."""

    def keep(self, profile: Any, content: bytes, actor: Any = None) -> int:
        """Hand it in."""
        return busy.keep_file(profile_id=profile.pk, actor=actor or profile.person, content=content, at=SINCE)

    def test_times_are_kept_without_titles_in_place_of_those_before(self) -> None:
        profile = mentor()
        self.keep(profile, calendar("DTSTART:20260401T080000Z|DTEND:20260401T090000Z"))
        assert self.keep(profile, calendar(f"{ONE}|SUMMARY:Khám răng kín|ATTENDEE:mailto:bac-si@example.org")) == 1
        (row,) = BusyTime.objects.all()
        assert (row.source, row.starts_at) == ("FILE", datetime(2026, 3, 25, 8, tzinfo=UTC))
        assert "Khám răng" not in everything()
        assert "bac-si" not in everything()

    def test_what_cannot_be_read_leaves_what_was(self) -> None:
        profile = mentor()
        self.keep(profile, calendar(ONE))
        for content, reason in ((b"nothing", "not_a_calendar"), (b"x" * 2_000_001, "too_big")):
            with pytest.raises(Invalid) as refused:
                self.keep(profile, content)
            assert (refused.value.field, refused.value.facts["reason"]) == ("busy_file", reason)
        with pytest.raises(NotPermitted):
            self.keep(profile, calendar(), PersonFactory())
        assert BusyTime.objects.count() == 1
        busy.forget_file(profile_id=profile.pk, actor=profile.person)
        assert BusyTime.objects.count() == 0


@pytest.mark.django_db
class TestAddresses:
    """A calendar at an address, read by the chore."""

    ADDRESS = "https://calendar.example/a.ics"

    @pytest.fixture(autouse=True)
    def _hours(self) -> None:
        mentor(busy_address=self.ADDRESS)

    def test_it_is_read_every_half_hour(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[str] = []
        monkeypatch.setattr(fetching, "fetch", lambda address: asked.append(address) or calendar(ONE))
        assert busy.refresh_due(at=SINCE) == 1
        assert busy.refresh_due(at=SINCE + HOUR / 3) == 0
        assert busy.refresh_due(at=SINCE + HOUR / 2) == 1
        assert asked == [self.ADDRESS] * 2
        assert [row.source for row in BusyTime.objects.all()] == ["ADDRESS"]

    @pytest.mark.parametrize(("answer", "problem"), [(NotFetched("too_slow"), "too_slow"), (b"<html>", "unreadable")])
    def test_what_was_read_stands_when_it_cannot_be_read(
        self, monkeypatch: pytest.MonkeyPatch, answer: Any, problem: str
    ) -> None:
        monkeypatch.setattr(fetching, "fetch", lambda address: calendar(ONE))
        busy.refresh_due(at=SINCE)

        def failing(address: str) -> bytes:
            if isinstance(answer, Exception):
                raise answer
            return bytes(answer)

        monkeypatch.setattr(fetching, "fetch", failing)
        assert busy.refresh_due(at=SINCE + HOUR) == 0
        hours = MentorHours.objects.get()
        assert (hours.busy_problem, hours.busy_tried_at) == (problem, SINCE + HOUR)
        assert BusyTime.objects.count() == 1

    def test_times_of_an_address_that_was_changed_meanwhile_are_not_kept(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def changed_meanwhile(address: str) -> bytes:
            MentorHours.objects.update(busy_address="https://other.example/b.ics")
            return calendar(ONE)

        monkeypatch.setattr(fetching, "fetch", changed_meanwhile)
        assert busy.refresh_due(at=SINCE) == 0
        assert (BusyTime.objects.count(), MentorHours.objects.get().busy_tried_at) == (0, None)


class Answer:
    """What a server says."""

    def __init__(self, status: int = 200, body: bytes = b"", location: str = "") -> None:
        self.status, self.body, self.location = status, body, location

    def getheader(self, name: str, default: str) -> str:
        """Where it is instead."""
        return self.location or default

    def read1(self, size: int) -> bytes:
        """A part of it."""
        part, self.body = self.body[:size], self.body[size:]
        return part


class TestGuard:
    """No request of ours goes to a machine that is not public."""

    def resolve(self, monkeypatch: pytest.MonkeyPatch, **known: list[str]) -> None:
        """Let names have these addresses."""

        def addresses(host: str, port: int, **_: Any) -> list[Any]:
            found = known.get(host.split(".")[0])
            if found is None:
                raise socket.gaierror
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

        monkeypatch.setattr(socket, "getaddrinfo", addresses)

    def serve(self, monkeypatch: pytest.MonkeyPatch, *answers: Answer) -> list[tuple[str, str]]:
        """Answer in this order; return the list of (address, path) that are asked."""
        asked: list[tuple[str, str]] = []
        left = list(answers)

        def request(self: fetching.Pinned, method: str, path: str, headers: Any) -> None:
            asked.append((self.address, path))

        monkeypatch.setattr(fetching.Pinned, "request", request)
        monkeypatch.setattr(fetching.Pinned, "getresponse", lambda self: left.pop(0))
        return asked

    @pytest.mark.parametrize(
        "address",
        ["127.0.0.1", "10.0.0.8", "172.16.4.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
         "::1", "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.8", "64:ff9b::a00:8", "2002:a00:8::", "240.0.0.1"],
    )  # fmt: skip
    def test_an_address_that_is_not_public_is_not_asked(self, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
        self.resolve(monkeypatch, inside=[address], both=["93.184.216.34", address])
        asked = self.serve(monkeypatch, Answer(body=b"secret"))
        for host in ("inside.example", "both.example"):
            with pytest.raises(NotFetched) as refused:
                fetching.fetch(f"https://{host}/a.ics")
            assert refused.value.reason == "not_public"
        assert asked == []

    @pytest.mark.parametrize(
        "address",
        ["http://public.example/a", "https://public.example:8443/a", "https://u:p@public.example/a", "file:///etc/passwd",
         "https:///a", "https://public.example:x/", "https://public.example/a b"],
    )  # fmt: skip
    def test_only_https_on_its_own_port(self, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
        self.resolve(monkeypatch, public=["93.184.216.34"])
        asked = self.serve(monkeypatch, Answer(body=b"x"))
        with pytest.raises(NotFetched) as refused:
            fetching.fetch(address)
        assert (refused.value.reason, asked) == ("not_https", [])

    def test_what_is_public_is_read_from_the_address_that_was_checked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.resolve(monkeypatch, public=["2606:2800:220:1::1", "93.184.216.34"])
        asked = self.serve(monkeypatch, Answer(body=b"x" * 100_000))
        assert fetching.fetch("https://public.example/a.ics?key=1") == b"x" * 100_000
        assert asked == [("93.184.216.34", "/a.ics?key=1")]

    def test_a_redirect_is_followed_to_what_is_public_and_no_further(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.resolve(monkeypatch, public=["93.184.216.34"], other=["1.1.1.1"], inside=["10.0.0.8"])
        asked = self.serve(monkeypatch, Answer(302, location="https://other.example/b"), Answer(body=b"x"))
        assert fetching.fetch("https://public.example/a") == b"x"
        assert asked == [("93.184.216.34", "/a"), ("1.1.1.1", "/b")]
        for target, reason in (("https://inside.example/", "not_public"), ("http://public.example/", "not_https")):
            self.serve(monkeypatch, Answer(302, location=target), Answer(body=b"secret"))
            with pytest.raises(NotFetched) as refused:
                fetching.fetch("https://public.example/a")
            assert refused.value.reason == reason

    def test_round_and_round_ends(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.resolve(monkeypatch, public=["93.184.216.34"])
        asked = self.serve(monkeypatch, *[Answer(302, location="/a")] * 9)
        with pytest.raises(NotFetched):
            fetching.fetch("https://public.example/a")
        assert len(asked) == 4

    def test_size_time_and_status_are_bounded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.resolve(monkeypatch, public=["93.184.216.34"])
        for answer, reason in ((Answer(body=b"x" * 2_000_001), "too_big"), (Answer(404), "status")):
            self.serve(monkeypatch, answer)
            with pytest.raises(NotFetched) as refused:
                fetching.fetch("https://public.example/a")
            assert refused.value.reason == reason
        monkeypatch.setattr(fetching, "SECONDS", 0.0)
        with pytest.raises(NotFetched) as slow:
            fetching.fetch("https://public.example/a")
        assert slow.value.reason == "too_slow"


def test_spans_are_compared_by_their_moments() -> None:
    assert not Span(NOW, NOW + HOUR).overlaps(Span(NOW + HOUR, NOW + 2 * HOUR))
