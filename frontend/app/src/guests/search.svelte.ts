// Finding a guest by name: the server knows all of them and their phones, this phone at least its own list.
import { DoorSearchDocument, type DoorSearchQuery } from '../generated/operations';
import { request, SignedOut } from '../graphql/client';
import { isInside } from '../door/alone';
import { link } from '../sync/link.svelte';
import { fold, spoken } from '../tickets/fold';
import { words } from '../words/language.svelte';
import { book } from './book.svelte';
import type { DoorTicket } from './list';

type Found = DoorSearchQuery['doorSearch'][number];
/** What a row shows. `status` is worded; without a number nobody can be let in from here. */
export type Guest = Pick<Found, 'number' | 'name' | 'ticketType' | 'status' | 'state'>;

const MOST = 20;
const SHORTEST = 2;

function guestOf(ticket: DoorTicket, listId: string): Guest {
  const { number, name, ticketType } = ticket;
  const state = isInside(ticket, listId) ? 'INSIDE' : ticket.state;
  return { number, name, ticketType, status: words.say(`guest.${state}`), state };
}

/** Guests of this phone's list whose name or number has every word of `text`. */
export function searchAlone(text: string, listId: string): Guest[] {
  const asked = fold(text).split(' ').filter(Boolean);
  const number = spoken(text);
  const found: Guest[] = [];
  for (const ticket of book.shelf.all()) {
    const byName = asked.every((word) => ticket.search.includes(word));
    if (byName || spoken(ticket.number).includes(number)) found.push(guestOf(ticket, listId));
    if (found.length === MOST) break;
  }
  return found;
}

export class Search {
  guests = $state.raw<Guest[] | null>(null);
  /** Found by this phone alone. */
  isAlone = $state(false);
  #latest = 0;

  /** Look for `text`; what was asked for last is what is shown. */
  async find(text: string, listId: string): Promise<void> {
    const asked = ++this.#latest;
    if (fold(text).length < SHORTEST) {
      this.guests = null;
      return;
    }
    const online = await this.#online(text, listId);
    if (asked !== this.#latest) return;
    this.isAlone = online === null;
    this.guests = online ?? searchAlone(text, listId);
  }

  async #online(text: string, listId: string): Promise<Guest[] | null> {
    if (!link.patience) return null;
    try {
      return (await request(DoorSearchDocument, { listId, text }, words.language, link.patience)).doorSearch;
    } catch (error) {
      if (error instanceof SignedOut) throw error;
      return null;
    }
  }
}
