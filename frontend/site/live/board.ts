/* The organiser's board: numbers and the last arrivals, in order, without a reload. */
import { follow, type State } from './follow';

interface Arrival {
  sequence: number;
  kind: 'ADMITTED' | 'ANNULLED';
  name: string;
  number: string;
  gate: string | null;
  device: string;
  at: string;
  admitted: number;
}

interface Board {
  admitted: number;
  seatsTaken: number;
  sequence: number;
  arrivals: Arrival[];
}

const ARRIVAL = `sequence kind name number gate device at admitted`;
const ARRIVALS = `subscription ($id: ID!, $after: Int) { checkIns(eventId: $id, after: $after) { ${ARRIVAL} } }`;
const BOARD = `query ($id: ID!) { checkInBoard(event: $id, last: 20) { admitted seatsTaken sequence arrivals { ${ARRIVAL} } } }`;
const MOST = 20;

const lang = document.documentElement.lang;
const said = new Intl.NumberFormat(lang);
const clock = new Intl.DateTimeFormat(lang, { timeStyle: 'medium', timeZone: 'Asia/Ho_Chi_Minh', hourCycle: 'h23' });

export function followBoard(board: HTMLElement): void {
  const part = <T extends HTMLElement>(name: string) => board.querySelector<T>(`[data-board-${name}]`)!;
  const rows = part('arrivals');
  const model = part<HTMLTemplateElement & HTMLElement>('row');
  const bar = part<HTMLProgressElement & HTMLElement>('bar');
  const empty = part('empty');
  const id = board.dataset.board!;
  let sequence = Number(board.dataset.sequence);

  function count(admitted: number): void {
    const place = part('admitted');
    if (place.textContent !== said.format(admitted)) {
      place.textContent = said.format(admitted);
      place.classList.remove('number-rolls');
      void place.offsetWidth; // lets the same movement start again
      place.classList.add('number-rolls');
    }
    bar.value = admitted;
  }

  function row(arrival: Arrival): HTMLElement {
    const made = (model.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
    const write = (name: string, text: string) => (made.querySelector(`[data-${name}]`)!.textContent = text);
    made.dataset.number = arrival.number;
    write('name', arrival.name);
    write('code', arrival.number);
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
    count(arrival.admitted);
    if (arrival.kind === 'ANNULLED') rows.querySelector(`[data-number="${CSS.escape(arrival.number)}"]`)?.remove();
    else rows.prepend(row(arrival));
    while (rows.children.length > MOST) rows.lastElementChild!.remove();
    empty.hidden = rows.children.length > 0;
  }

  function renew(told: Board): void {
    if (told.sequence < sequence) return;
    sequence = told.sequence;
    count(told.admitted);
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
}
