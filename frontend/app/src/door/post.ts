// Where a volunteer stands: one event, one check-in list, perhaps one gate.
import type { DoorQuery } from '../generated/operations';
import { recall, remember } from './memory';

export type DoorEvent = DoorQuery['myDoorEvents'][number];
export type DoorList = DoorEvent['checkInLists'][number];
export type DoorGate = DoorEvent['gates'][number];

export interface Post {
  event: DoorEvent;
  list: DoorList;
  gate: DoorGate | null;
}

const DAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' });

/** Whether `event` runs on the day of `now`, by the city's clock. */
export function isToday(event: DoorEvent, now: Date): boolean {
  const today = DAY.format(now);
  return DAY.format(new Date(event.startsAt)) <= today && today <= DAY.format(new Date(event.endsAt));
}

function rank(event: DoorEvent, now: Date): number {
  if (isToday(event, now)) return 0;
  return new Date(event.startsAt) > now ? 1 : 2;
}

/** Today's events first, then the next ones, then the latest of the past. */
export function inOrder(events: DoorEvent[], now: Date): DoorEvent[] {
  return [...events].sort((one, other) => {
    const difference = rank(one, now) - rank(other, now);
    if (difference) return difference;
    const earlier = Date.parse(one.startsAt) - Date.parse(other.startsAt);
    return rank(one, now) === 2 ? -earlier : earlier;
  });
}

function postAt(event: DoorEvent, listId?: string, gateId?: string): Post | null {
  const list =
    event.checkInLists.find(({ id }) => id === listId) ??
    event.checkInLists.find(({ isDefault }) => isDefault) ??
    event.checkInLists[0];
  if (!list) return null;
  const gate = event.gates.find(({ id }) => id === gateId) ?? null;
  return { event, list, gate: gate ?? (event.gates.length === 1 ? (event.gates[0] ?? null) : null) };
}

/** The post to offer first: the remembered one if it still exists, else the first event's default list. */
export function suggestedPost(events: DoorEvent[]): Post | null {
  const [eventId, listId, gateId] = (recall('post') ?? '').split(' ');
  const remembered = events.find(({ id }) => id === eventId);
  if (remembered) return postAt(remembered, listId, gateId);
  return events[0] ? postAt(events[0]) : null;
}

/** The post at `event` with its default list. */
export function defaultPost(event: DoorEvent): Post | null {
  return postAt(event);
}

/** Whether somebody chose this very event before on this phone, and with it a gate or none. */
export function wasChosen(post: Post): boolean {
  return recall('post')?.startsWith(`${post.event.id} `) ?? false;
}

/** Keep the chosen post for the next opening. */
export function rememberPost(post: Post): void {
  remember('post', [post.event.id, post.list.id, post.gate?.id ?? ''].join(' '));
}
