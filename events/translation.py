"""Short texts in both languages (django-modeltranslation)."""

from modeltranslation.translator import TranslationOptions, register

from .models import (
    CheckInList,
    Event,
    EventSeries,
    LetterWording,
    Message,
    QuestionVersion,
    Session,
    Speaker,
    TicketType,
    Track,
    Venue,
)


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


@register(TicketType)
class TicketTypeTranslation(TranslationOptions):
    fields = ("name", "description")


@register(QuestionVersion)
class QuestionVersionTranslation(TranslationOptions):
    fields = ("label", "help_text")


@register(Message)
class MessageTranslation(TranslationOptions):
    fields = ("subject", "body")


@register(LetterWording)
class LetterWordingTranslation(TranslationOptions):
    fields = ("subject", "opening")
