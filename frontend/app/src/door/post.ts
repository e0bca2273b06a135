// Where a volunteer stands: one event, one check-in list, perhaps one gate.
import type { DoorQuery } from '../generated/operations';
import { cityDay } from './day';
import { recall, remember } from './memory';

export type DoorEvent = DoorQuery['myDoorEvents'][number];
export type DoorList = DoorEvent['checkInLists'][number];
export type DoorGate = DoorEvent['gates'][number];

export interface Post {
  event: DoorEvent;
  list: DoorList;
  gate: DoorGate | null;
}

/** A post by its ids, as the phone remembers it. A `gateId` of NO_GATE is said; an undefined one is not yet. */
export interface Place {
  eventId: string;
  listId?: string;
  gateId?: string;
}

export const NO_GATE = '';

/** Whether `event` runs on the day of `now`, by the city's clock. */
export function isToday(event: DoorEvent, now: Date): boolean {
  const today = cityDay(now);
  return cityDay(event.startsAt) <= today && today <= cityDay(event.endsAt);
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

/** The gates at which `list` is checked: its own, else all of the event. */
export function gatesOf(event: DoorEvent, list: DoorList): DoorGate[] {
  return list.gates.length ? list.gates : event.gates;
}

/** The post at `place`; null when its event is not, or no longer, ours. */
export function postAt(events: DoorEvent[], { eventId, listId, gateId }: Place): Post | null {
  const event = events.find(({ id }) => id === eventId);
  if (!event) return null;
  const lists = event.checkInLists;
  const list = lists.find(({ id }) => id === listId) ?? lists.find(({ isDefault }) => isDefault) ?? lists[0];
  return list ? { event, list, gate: gatesOf(event, list).find(({ id }) => id === gateId) ?? null } : null;
}

/** The place to offer at `event`: where there is but one gate, it goes without saying. */
export function placeAt(event: DoorEvent): Place {
  const [gate, another] = event.gates;
  return { eventId: event.id, gateId: another ? undefined : (gate?.id ?? NO_GATE) };
}

/** The place to offer first: the remembered one, unless its day is another and something else is on today. */
export function suggestedPlace(events: DoorEvent[], now: Date): Place | null {
  const [first] = inOrder(events, now);
  const [eventId, listId, gateId] = (recall('post') ?? '').split(' ');
  const remembered = events.find(({ id }) => id === eventId);
  if (remembered && (isToday(remembered, now) || !first || !isToday(first, now))) {
    return { eventId: remembered.id, listId, gateId };
  }
  return first ? placeAt(first) : null;
}

/** Keep the chosen place for the next opening. */
export function rememberPlace({ eventId, listId = '', gateId = NO_GATE }: Place): void {
  remember('post', [eventId, listId, gateId].join(' '));
}
