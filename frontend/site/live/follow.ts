/* Following a stream for as long as the page is open: the socket while it holds, questions in between. */
import { ask, listen, watchSocket } from './graphql';

const POLL_MS = 5_000;
const RETRY_MS = 4_000;

export type State = 'waiting' | 'open' | 'polling' | 'offline';

export interface Source<S extends Record<string, unknown>, Q> {
  subscription: string;
  /** Asked anew for each attempt, so that a stream goes on behind what is known. */
  variables: () => Record<string, unknown>;
  hear: (data: S) => void;
  query: string;
  asked: Record<string, unknown>;
  read: (data: Q) => void;
  show: (state: State) => void;
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

export function follow<S extends Record<string, unknown>, Q>(source: Source<S, Q>): void {
  let isOpen = false;

  async function poll(): Promise<void> {
    if (isOpen || document.visibilityState === 'hidden') return;
    const state: State = await ask<Q>(source.query, source.asked).then(
      (data) => (source.read(data), 'polling'),
      () => 'offline',
    );
    if (!isOpen) source.show(state);
  }

  async function stream(): Promise<never> {
    for (;;) {
      try {
        for await (const told of listen<S>(source.subscription, source.variables())) {
          if (told.data) source.hear(told.data);
        }
      } catch {
        /* cut, blocked or refused: the questions go on meanwhile */
      }
      await pause(RETRY_MS);
    }
  }

  watchSocket((open) => {
    isOpen = open;
    if (open) source.show('open');
    else void poll();
  });
  void stream();
  setInterval(() => void poll(), POLL_MS);
  document.addEventListener('visibilitychange', () => void poll());
}
