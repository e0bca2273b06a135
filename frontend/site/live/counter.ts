/* Public numbers: whatever stands in `[data-live-event]` moves with the event. */
import { follow, type State } from './follow';
import { roll, said } from './numbers';

type Numbers = { admitted: number | null; inside: number | null; seatsTaken: number; capacity: number | null };

const COUNTER = `subscription ($id: ID!) { eventCounter(eventId: $id) { admitted inside seatsTaken capacity } }`;
const ASKED = `query ($id: ID!) { event(id: $id) { admitted inside seats { taken capacity } } }`;

function write(place: Element, value: number): void {
  if (place instanceof HTMLProgressElement) {
    place.value = value;
    return;
  }
  roll(place as HTMLElement, said(value));
}

function shown(frames: Element[], numbers: Numbers): void {
  const values: Record<string, number | null> = {
    admitted: numbers.admitted,
    inside: numbers.inside,
    seatsTaken: numbers.seatsTaken,
    seatsLeft: numbers.capacity === null ? null : numbers.capacity - numbers.seatsTaken,
  };
  for (const frame of frames) {
    for (const place of frame.querySelectorAll('[data-live]')) {
      const value = values[place.getAttribute('data-live') ?? ''];
      if (value !== null && value !== undefined) write(place, value);
    }
  }
}

function followEvent(id: string, frames: Element[]): void {
  follow<{ eventCounter: Numbers }, { event: { admitted: number | null; inside: number | null; seats: { taken: number; capacity: number | null } | null } | null }>({
    subscription: COUNTER,
    variables: () => ({ id }),
    hear: ({ eventCounter }) => shown(frames, eventCounter),
    query: ASKED,
    asked: { id },
    read: ({ event }) => {
      if (!event?.seats) return;
      shown(frames, { admitted: event.admitted, inside: event.inside, seatsTaken: event.seats.taken, capacity: event.seats.capacity });
    },
    show: (state: State) => {
      for (const frame of frames) frame.setAttribute('data-live-state', state);
    },
  });
}

export function followCounters(): void {
  const frames = new Map<string, Element[]>();
  for (const frame of document.querySelectorAll('[data-live-event]')) {
    const id = frame.getAttribute('data-live-event') ?? '';
    frames.set(id, [...(frames.get(id) ?? []), frame]);
  }
  for (const [id, places] of frames) followEvent(id, places);
}
