// The guest list on the phone: taken from the server in pages, kept true by its news, asked without a network.
import { DoorChangesDocument, DoorSnapshotDocument } from '../generated/operations';
import { request } from '../graphql/client';
import { keep, kept, reading, writing } from '../store/database';
import { read, type Signed } from '../tickets/code';
import { verifier, type Verify } from '../tickets/signature';
import { now } from '../sync/clock';
import { words } from '../words/language.svelte';
import { listOf, withNews, type DoorTicket, type KeptList, type News, type Snapshot } from './list';
import { Shelf } from './shelf';

const PAGE = 500;
const PAGE_PATIENCE_MS = 20_000;
/** Where the desk is busy, the list is stale at every look: taken anew no more often than this. */
const TAKEN_EVERY_MS = 20_000;
/** How long after the event's end the guests' names may still lie here. */
const KEPT_AFTER_END_MS = 24 * 60 * 60 * 1000;

class Book {
  list = $state.raw<KeptList | null>(null);
  /** While it is being taken: how far. */
  taking = $state.raw<{ done: number; total: number } | null>(null);
  shelf = new Shelf();
  #verify: Verify | null = null;
  /** Rises with every wiping: what was asked for before must not be written after. */
  #wiped = 0;

  /** Open what lies on the phone. */
  async open(): Promise<void> {
    const list = (await kept<KeptList>('list')) ?? null;
    if (!list) return;
    const tickets = await reading<DoorTicket[]>('tickets', (rows) => rows.getAll()).catch(() => []);
    await this.#show(list, tickets);
  }

  /** Whether guests of this list can be told without a network. */
  knows(listId: string): boolean {
    return this.list?.listId === listId;
  }

  /** Whether the event is over for so long that its guests' names have to go. */
  get isOver(): boolean {
    return this.list !== null && Date.parse(this.list.endsAt) + KEPT_AFTER_END_MS < now();
  }

  /** What a signed code says, if it is a true one. */
  async signed(code: string): Promise<Signed | null> {
    return this.#verify && (await read(code, this.#verify));
  }

  /** Take the list anew, page by page, and only then put it in place of the old one. */
  async take(listId: string): Promise<void> {
    if (this.taking) return;
    this.taking = { done: 0, total: 0 };
    const wiped = this.#wiped;
    try {
      const { list, tickets } = await this.#pages(listId);
      if (wiped !== this.#wiped) return;
      await this.#write(list, tickets);
      if (wiped === this.#wiped) await this.#show(list, tickets);
    } finally {
      this.taking = null;
    }
  }

  /** Ask what happened at all gates; gives the news, null without a list. Takes the list anew where that is told. */
  async refresh(): Promise<News | null> {
    if (!this.list) return null;
    const { listId, sequence, changes } = this.list;
    let news: News;
    do {
      const since = { listId, changes, sequence: this.list?.sequence ?? sequence };
      ({ doorChanges: news } = await request(DoorChangesDocument, since, words.language));
      if (!this.knows(listId)) return news;
      await this.#apply(news);
    } while (news.hasMore);
    if (news.stale && Date.now() - Date.parse(this.list.takenAt) > TAKEN_EVERY_MS) await this.take(listId);
    return news;
  }

  /** Forget every guest. */
  async wipe(): Promise<void> {
    this.#wiped += 1;
    this.list = null;
    this.shelf = new Shelf();
    this.#verify = null;
    await keep('list', undefined);
    await writing(['tickets'], (transaction) => transaction.objectStore('tickets').clear(), 'strict').catch(
      () => undefined,
    );
  }

  async #pages(listId: string): Promise<{ list: KeptList; tickets: DoorTicket[] }> {
    const tickets: DoorTicket[] = [];
    let list: KeptList | null = null;
    let after: string | null = null;
    do {
      const page: Snapshot = await this.#page(listId, after);
      // True as of its first page: what happened since comes with the news.
      list ??= listOf(page);
      tickets.push(...page.tickets);
      this.taking = { done: tickets.length, total: page.total };
      after = page.hasNextPage ? page.endCursor : null;
    } while (after);
    return { list, tickets };
  }

  async #page(listId: string, after: string | null): Promise<Snapshot> {
    const asked = { listId, after, first: PAGE };
    return (await request(DoorSnapshotDocument, asked, words.language, PAGE_PATIENCE_MS)).doorSnapshot;
  }

  async #apply({ sequence, scans }: News): Promise<void> {
    if (!this.list) return;
    const changed = new Map<string, DoorTicket>();
    for (const news of scans) {
      const ticket = this.shelf.byId(news.ticketId);
      if (ticket) this.shelf.replace(withNews(ticket, news));
      const fresh = this.shelf.byId(news.ticketId);
      if (fresh) changed.set(fresh.id, fresh);
    }
    if (sequence === this.list.sequence && !changed.size) return;
    const list = { ...this.list, sequence };
    this.list = list;
    await writing(['keys', 'tickets'], (transaction) => {
      transaction.objectStore('keys').put(list, 'list');
      for (const ticket of changed.values()) transaction.objectStore('tickets').put(ticket);
    }).catch(() => undefined);
  }

  async #write(list: KeptList, tickets: DoorTicket[]): Promise<void> {
    // A phone that forbids storage still has it in memory, until it is reloaded.
    await writing(['keys', 'tickets'], (transaction) => {
      const rows = transaction.objectStore('tickets');
      rows.clear();
      for (const ticket of tickets) rows.put(ticket);
      transaction.objectStore('keys').put(list, 'list');
    }).catch(() => undefined);
  }

  async #show(list: KeptList, tickets: DoorTicket[]): Promise<void> {
    this.#verify = await verifier(list.publicKey);
    this.shelf = new Shelf(tickets);
    this.list = list;
  }
}

export const book = new Book();
