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

function isSame(one: Scan, other: Scan): boolean {
  return one.at === other.at && one.direction === other.direction && one.device === other.device;
}

/** `ticket` after one piece of news about it; hearing it twice changes nothing. */
export function withNews(ticket: DoorTicket, news: News['scans'][number]): DoorTicket {
  const { direction, at, gate, device, annulled } = news;
  const scan = { direction, at, gate, device };
  const others = ticket.scans.filter((each) => !isSame(each, scan));
  const scans = annulled ? others : [...others, scan];
  return { ...ticket, scans: scans.sort((one, other) => Date.parse(one.at) - Date.parse(other.at)) };
}
