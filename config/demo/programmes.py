"""Programmes: tracks, sessions and speakers of the demo's events."""

from datetime import timedelta
from typing import Any

from config.demo import people
from config.demo.dates import HAI_PHONG, at_hour
from config.demo.gatherings import Gathering
from config.demo.sources import read
from events.models import Event, Session, Speaker, Track
from network.models import Organisation


class Writer:
    """Writes programmes; people and organisations are looked up once for all of them."""

    def __init__(self) -> None:
        self.people = people.by_code()
        self.told = {row["code"]: row for row in [*read("mentors"), *read("speakers")]}
        self.organisations = {row.code: row for row in Organisation.objects.all()}
        self.speakers = {row.person_id: row for row in Speaker.objects.exclude(person=None)}

    def write(self, each: Gathering, event: Event) -> None:
        """Write the programme of an event; without sessions of its own it gets a talk and a round of questions."""
        tracks = {row["code"]: self._track(event, order, row) for order, row in enumerate(each.tracks)}
        rooms = {row["code"]: row["room_vi"] for row in each.tracks}
        for row in each.sessions or _talk_and_questions(each, event):
            track = row.get("track", "")
            starts = at_hour(event.starts_at.astimezone(HAI_PHONG).date(), row["at"])
            session = Session.objects.create(
                event=event,
                track=tracks.get(track),
                title_vi=row["vi"],
                title_en=row["en"],
                summary_vi=row.get("about_vi", ""),
                summary_en=row.get("about_en", ""),
                starts_at=starts,
                ends_at=starts + timedelta(minutes=row["minutes"]),
                room=row.get("room", rooms.get(track, "")),
            )
            session.speakers.set([self._speaker(code) for code in row["speakers"]])

    def _track(self, event: Event, order: int, row: dict[str, Any]) -> Track:
        return Track.objects.create(event=event, name_vi=row["vi"], name_en=row["en"], order=order)

    def _speaker(self, code: str) -> Speaker:
        person, row = self.people[code], self.told[code]
        if person.pk not in self.speakers:
            self.speakers[person.pk] = Speaker.objects.create(
                name=row["name"],
                headline_vi=row["headline_vi"],
                headline_en=row["headline_en"],
                person=person,
                organisation=self.organisations.get(row.get("org", "")),
            )
        return self.speakers[person.pk]


def _talk_and_questions(each: Gathering, event: Event) -> list[dict[str, Any]]:
    starts, hours = event.starts_at.astimezone(HAI_PHONG), each.when["hours"]
    talk = min(90, int(hours * 60 * 0.55))
    first, second = starts + timedelta(minutes=10), starts + timedelta(minutes=10 + talk)
    return [
        {
            "at": f"{first:%H:%M}", "minutes": talk, "speakers": each.speakers,
            "vi": each.talk_vi or "Chuyện của người đã làm", "en": each.talk_en or "Told by those who did it",
        },
        {
            "at": f"{second:%H:%M}", "minutes": int(min(hours * 60, 180)) - 10 - talk, "speakers": [],
            "vi": "Hỏi thẳng, đáp thẳng", "en": "Straight questions, straight answers",
            "about_vi": "Câu hỏi từ cả phòng, rồi bàn nhỏ để làm quen.",
            "about_en": "Questions from the whole room, then small tables to get to know one another.",
        },
    ]  # fmt: skip
