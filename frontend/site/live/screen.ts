/* The screen above the doors: the count, and a greeting for those who agreed to one. It never asks for anybody's name. */
import { follow, type State } from './follow';
import { roll, said } from './numbers';

interface Greeting {
  name: string;
  organisation: string;
}

interface Arrival {
  sequence: number;
  kind: 'ADMITTED' | 'ANNULLED';
  admitted: number;
  inside: number;
  greeting: Greeting | null;
}

interface Board {
  admitted: number;
  inside: number;
  sequence: number;
  arrivals: Arrival[];
}

const ARRIVAL = `sequence kind admitted inside greeting { name organisation }`;
const ARRIVALS = `subscription ($id: ID!, $after: Int) { checkIns(eventId: $id, after: $after) { ${ARRIVAL} } }`;
const BOARD = `query ($id: ID!) { checkInBoard(event: $id, last: 20) { admitted inside sequence arrivals { ${ARRIVAL} } } }`;
const MOST = 6;

export function followScreen(screen: HTMLElement): void {
  const part = <T extends HTMLElement>(name: string) => screen.querySelector<T>(`[data-screen-${name}]`)!;
  const wall = part('greetings');
  const model = part<HTMLTemplateElement & HTMLElement>('row');
  const bar = part<HTMLProgressElement & HTMLElement>('bar');
  const id = screen.dataset.screen!;
  let sequence = Number(screen.dataset.sequence);

  function count(admitted: number, inside: number): void {
    roll(part('admitted'), said(admitted));
    roll(part('inside'), said(inside));
    bar.value = admitted;
  }

  function greet({ name, organisation }: Greeting): void {
    const made = (model.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
    made.querySelector('[data-name]')!.textContent = screen.dataset.wordsGreeting!.replace('{name}', name);
    made.querySelector('[data-organisation]')!.textContent = organisation;
    made.classList.add('settle');
    wall.prepend(made);
    while (wall.children.length > MOST) wall.lastElementChild!.remove();
    part('hello').hidden = true;
  }

  function arrive(arrival: Arrival): void {
    if (arrival.sequence <= sequence) return;
    sequence = arrival.sequence;
    count(arrival.admitted, arrival.inside);
    if (arrival.kind === 'ADMITTED' && arrival.greeting) greet(arrival.greeting);
  }

  follow<{ checkIns: Arrival }, { checkInBoard: Board }>({
    subscription: ARRIVALS,
    variables: () => ({ id, after: sequence }),
    hear: ({ checkIns }) => arrive(checkIns),
    query: BOARD,
    asked: { id },
    read: ({ checkInBoard: told }) => {
      for (const arrival of [...told.arrivals].reverse()) arrive(arrival);
      if (told.sequence >= sequence) count(told.admitted, told.inside);
      sequence = Math.max(sequence, told.sequence);
    },
    show: (state: State) => {
      screen.dataset.liveState = state;
    },
  });

  const full = part<HTMLButtonElement>('full');
  full.hidden = !document.fullscreenEnabled;
  full.addEventListener('click', () => void screen.requestFullscreen());
  const stayAwake = () => void navigator.wakeLock?.request('screen').catch(() => undefined);
  stayAwake();
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && stayAwake());
}
