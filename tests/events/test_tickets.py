"""Signed codes: ours are read, everything else is not; numbers survive being typed."""

import base64
import io

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from events import registration, tickets
from events.models import Registration, Ticket
from tests.factories import NOW, PersonFactory, open_event


@pytest.fixture
def ticket(db: None) -> Ticket:
    registered = registration.register(
        event_id=open_event().pk, person=PersonFactory.create(), at=NOW, channel=Registration.Channel.SITE
    )
    return registered.tickets.get()


def test_the_code_is_read_back_from_its_picture(ticket: Ticket) -> None:
    found = zxingcpp.read_barcode(Image.open(io.BytesIO(tickets.picture(ticket))))
    assert found is not None
    assert found.text == tickets.code(ticket)
    assert tickets.read(found.text) == tickets.Signed(ticket_id=ticket.pk, version=1)
    assert len(tickets.code(ticket)) == 137


def test_the_code_holds_no_personal_data(ticket: Ticket) -> None:
    raw = base64.b32decode(tickets.code(ticket).removeprefix(tickets.PREFIX) + "===")
    assert ticket.holder_name.encode() not in raw
    assert len(raw) == 1 + 16 + 2 + 64


def test_a_code_with_any_bit_turned_is_not_ours(ticket: Ticket) -> None:
    code = tickets.code(ticket)
    raw = bytearray(base64.b32decode(code.removeprefix(tickets.PREFIX) + "==="))
    for position in range(len(raw) * 8):
        turned = bytearray(raw)
        turned[position // 8] ^= 1 << position % 8
        forged = tickets.PREFIX + base64.b32encode(bytes(turned)).decode().rstrip("=")
        assert tickets.read(forged) is None
    assert tickets.read(code) is not None  # the control: unturned it is ours


def test_a_cut_code_is_not_ours(ticket: Ticket) -> None:
    code = tickets.code(ticket)
    assert [tickets.read(code[:length]) for length in range(len(code))] == [None] * len(code)


def test_a_code_signed_by_another_key_is_not_ours(ticket: Ticket, settings: object) -> None:
    ours = tickets.code(ticket)
    settings.TICKET_SIGNING_KEY = "11" * 32  # type: ignore[attr-defined]
    assert tickets.read(ours) is None
    assert tickets.read(tickets.code(ticket)) is not None


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    assert tickets.read(text) is None
    assert tickets.read(tickets.PREFIX + text) is None


@pytest.mark.parametrize("typed", ["{}", "  {} ", "cafe 001 0001 4", "CAFE-001-0001-4", "cafe00100014"])
def test_a_number_is_found_however_it_is_typed(ticket: Ticket, typed: str) -> None:
    assert tickets.find(typed.format(ticket.number)) == ticket


def test_an_old_code_is_not_current(ticket: Ticket) -> None:
    old = tickets.code(ticket)
    ticket.version = 2
    assert not tickets.is_current(old, ticket)
    assert tickets.is_current(tickets.code(ticket), ticket)
    assert tickets.is_current(ticket.number, ticket)


@given(st.text("0123456789", min_size=1, max_size=10), st.data())
def test_the_check_digit_catches_one_wrong_digit_and_swapped_neighbours(digits: str, data: st.DataObject) -> None:
    right = tickets.check_digit(digits)
    place = data.draw(st.integers(0, len(digits) - 1))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != digits[place]]))
    assert tickets.check_digit(digits[:place] + other + digits[place + 1 :]) != right
    if place and digits[place] != digits[place - 1]:
        swapped = digits[: place - 1] + digits[place] + digits[place - 1] + digits[place + 1 :]
        assert tickets.check_digit(swapped) != right


def test_the_check_digit_is_that_of_the_published_example() -> None:
    """H. Michael Damm, 2004: 572 has the check digit 4."""
    assert tickets.check_digit("572") == 4
