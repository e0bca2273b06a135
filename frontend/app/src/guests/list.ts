// What the phone keeps of the list it checks against, as the server gives it.
import type { DoorChangesQuery, DoorSnapshotQuery } from '../generated/operations';

export type Snapshot = DoorSnapshotQuery['doorSnapshot'];

export type DoorTicket = Snapshot['tickets'][number];
export type News = DoorChangesQuery['doorChanges'];
type Scan = DoorTicket['scans'][number];

/** The list itself, without its guests. `sequence` and `changes`: how far it is true. */
export interface KeptList extends Pick<
  Snapshot,
  'listId' | 'eventId' | 'changes' | 'sequence' | 'endsAt' | 'publicKey'
> {
  readonly rules: Snapshot['list'];
  readonly takenAt: string;
}

/** A page's list part. */
export function listOf(page: Snapshot): KeptList {
  const { listId, eventId, changes, sequence, endsAt, publicKey, list } = page;
  return {
    listId,
    eventId,
    changes,
    sequence,
    endsAt,
    publicKey,
    rules: list,
    takenAt: new Date().toISOString(),
  };
}

function inOrder(one: Scan, other: Scan): number {
  return Date.parse(one.at) - Date.parse(other.at) || (one.nonce < other.nonce ? -1 : 1);
}

/** `ticket` after one piece of news about it; hearing it twice changes nothing. */
export function withNews(ticket: DoorTicket, news: News['scans'][number]): DoorTicket {
  const { direction, at, nonce, gate, device, annulled } = news;
  const others = ticket.scans.filter((scan) => scan.nonce !== nonce);
  const scans = annulled ? others : [...others, { direction, at, nonce, gate, device }];
  return { ...ticket, scans: scans.sort(inOrder) };
}
