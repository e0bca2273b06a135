// How it stands between this phone and the server, and how long the next guest may wait for an answer.

const QUICK_MS = 1200;
const CALM_MS = 4000;
const SLOW_MS = 900;
/** After so many silences in a row nobody waits any more, until the server is heard again. */
const GIVES_UP_AFTER = 2;

class Link {
  isUp = $state(navigator.onLine);
  lastContact = $state<number | null>(null);

  #silences = 0;
  #lastTook = 0;

  constructor() {
    window.addEventListener('offline', () => (this.isUp = false));
  }

  /** How long a scan may wait for the server: not at all where it has been silent. */
  get patience(): number {
    if (!navigator.onLine || this.#silences >= GIVES_UP_AFTER) return 0;
    return this.#silences || this.#lastTook > SLOW_MS ? QUICK_MS : CALM_MS;
  }

  /** The server answered after so many milliseconds. */
  heard(took: number): void {
    this.#silences = 0;
    this.#lastTook = took;
    this.lastContact = Date.now();
    this.isUp = true;
  }

  /** No answer came. */
  missed(): void {
    this.#silences += 1;
    this.isUp = false;
  }
}

export const link = new Link();
