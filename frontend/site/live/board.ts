/* The organisers' board: the last arrivals in order, without a reload, and the numbers as the server counts them. */
import { follow, type State } from './follow';
import { roll, said } from './numbers';

interface Arrival {
  sequence: number;
  kind: 'ADMITTED' | 'ANNULLED';
  direction: 'ENTRY' | 'EXIT';
  name: string;
  number: string;
  ticketType: string;
  gate: string | null;
  device: string;
  at: string;
  admitted: number;
  inside: number;
}

interface Board {
  admitted: number;
  inside: number;
  sequence: number;
  arrivals: Arrival[];
}

const ARRIVAL = `sequence kind direction name number ticketType gate device at admitted inside`;
const ARRIVALS = `subscription ($id: ID!, $after: Int) { checkIns(eventId: $id, after: $after) { ${ARRIVAL} } }`;
const BOARD = `query ($id: ID!) { checkInBoard(event: $id, last: 20) { admitted inside sequence arrivals { ${ARRIVAL} } } }`;
const MOST = 20;
/** Counting the whole log takes the server a moment: every two seconds while people come, and while nobody does
    often enough to see a gate fall silent. */
const COUNT_MS = 2_000;
const QUIET_MS = 15_000;

const clock = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: 'medium', timeZone: 'Asia/Ho_Chi_Minh', hourCycle: 'h23' });

export function followBoard(board: HTMLElement): void {
  const part = <T extends HTMLElement>(name: string) => board.querySelector<T>(`[data-board-${name}]`)!;
  const rows = part('arrivals');
  const model = part<HTMLTemplateElement & HTMLElement>('row');
  const numbers = part('numbers');
  const empty = part('empty');
  const id = board.dataset.board!;
  let sequence = Number(board.dataset.sequence);

  function count(admitted: number, inside: number): void {
    roll(part('admitted'), said(admitted));
    roll(part('inside'), said(inside));
  }

  let due: ReturnType<typeof setTimeout> | undefined;
  let counted = Date.now();

  /** The numbers are the server's, drawing and all: it alone counts. */
  async function recount(): Promise<void> {
    counted = Date.now();
    const answer = await fetch('?so-lieu', { headers: { Accept: 'text/html' } }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const isOpen = numbers.querySelector('details')?.open ?? false;
    numbers.innerHTML = await answer.text();
    const table = numbers.querySelector('details');
    if (table) table.open = isOpen;
  }

  function recountSoon(): void {
    due ??= setTimeout(
      () => {
        due = undefined;
        void recount();
      },
      Math.max(0, counted + COUNT_MS - Date.now()),
    );
  }

  function row(arrival: Arrival): HTMLElement {
    const made = (model.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
    const write = (name: string, text: string) => (made.querySelector(`[data-${name}]`)!.textContent = text);
    const isOut = arrival.direction === 'EXIT';
    made.dataset.sequence = String(arrival.sequence);
    made.dataset.number = arrival.number;
    made.classList.toggle('is-out', isOut);
    write('name', isOut ? `${arrival.name} · ${board.dataset.wordsOut}` : arrival.name);
    write('type', arrival.ticketType);
    const gate = arrival.gate && board.dataset.wordsGate!.replace('{gate}', arrival.gate);
    write('gate', [gate, arrival.device].filter(Boolean).join(' · '));
    const time = made.querySelector('time')!;
    time.dateTime = arrival.at;
    time.textContent = clock.format(new Date(arrival.at));
    return made;
  }

  function arrive(arrival: Arrival): void {
    if (arrival.sequence <= sequence) return;
    sequence = arrival.sequence;
    count(arrival.admitted, arrival.inside);
    recountSoon();
    if (arrival.kind === 'ANNULLED') rows.querySelector(`[data-number="${CSS.escape(arrival.number)}"]`)?.remove();
    else rows.prepend(row(arrival));
    while (rows.children.length > MOST) rows.lastElementChild!.remove();
    empty.hidden = rows.children.length > 0;
  }

  function renew(told: Board): void {
    if (told.sequence < sequence) return;
    if (told.sequence > sequence) recountSoon();
    sequence = told.sequence;
    count(told.admitted, told.inside);
    rows.replaceChildren(...told.arrivals.map(row));
    empty.hidden = told.arrivals.length > 0;
  }

  follow<{ checkIns: Arrival }, { checkInBoard: Board }>({
    subscription: ARRIVALS,
    variables: () => ({ id, after: sequence }),
    hear: ({ checkIns }) => arrive(checkIns),
    query: BOARD,
    asked: { id },
    read: ({ checkInBoard }) => renew(checkInBoard),
    show: (state: State) => {
      board.dataset.liveState = state;
      part('state').textContent = board.getAttribute(`data-words-${state}`);
    },
  });
  setInterval(() => {
    if (document.visibilityState === 'visible') recountSoon();
  }, QUIET_MS);
}
