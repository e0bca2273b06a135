// The guests in memory, found by ticket, by number and by group within a blink.
import { spoken } from '../tickets/fold';
import type { DoorTicket } from './list';

export class Shelf {
  #tickets = new Map<string, DoorTicket>();
  #numbers = new Map<string, string>();
  #groups = new Map<string, string[]>();

  constructor(tickets: Iterable<DoorTicket> = []) {
    for (const ticket of tickets) {
      this.#tickets.set(ticket.id, ticket);
      this.#numbers.set(spoken(ticket.number), ticket.id);
      if (ticket.group) this.#groups.set(ticket.group, [...(this.#groups.get(ticket.group) ?? []), ticket.id]);
    }
  }

  get size(): number {
    return this.#tickets.size;
  }

  byId(id: string): DoorTicket | null {
    return this.#tickets.get(id) ?? null;
  }

  byNumber(number: string): DoorTicket | null {
    return this.byId(this.#numbers.get(spoken(number)) ?? '');
  }

  /** Everybody of the ticket's group, itself included; nobody for a guest who comes alone. */
  groupOf(ticket: DoorTicket): DoorTicket[] {
    const ids = (ticket.group && this.#groups.get(ticket.group)) || [];
    return ids.map((id) => this.byId(id)).filter((each) => each !== null);
  }

  /** Put a ticket in the place of its former self. */
  replace(ticket: DoorTicket): void {
    if (this.#tickets.has(ticket.id)) this.#tickets.set(ticket.id, ticket);
  }

  *all(): Iterable<DoorTicket> {
    yield* this.#tickets.values();
  }
}
