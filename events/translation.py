"""Short texts in both languages (django-modeltranslation)."""

from modeltranslation.translator import TranslationOptions, register

from .models import CheckInList, Event, EventSeries, Session, Speaker, Track, Venue


@register(EventSeries)
class EventSeriesTranslation(TranslationOptions):
    fields = ("title", "summary")


@register(Event)
class EventTranslation(TranslationOptions):
    fields = ("title", "summary")


@register(Venue)
class VenueTranslation(TranslationOptions):
    fields = ("name",)


@register(Track)
class TrackTranslation(TranslationOptions):
    fields = ("name",)


@register(Session)
class SessionTranslation(TranslationOptions):
    fields = ("title", "summary")


@register(Speaker)
class SpeakerTranslation(TranslationOptions):
    fields = ("headline",)


@register(CheckInList)
class CheckInListTranslation(TranslationOptions):
    fields = ("name",)
