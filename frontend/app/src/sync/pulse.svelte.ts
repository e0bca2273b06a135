// The pulse of the phone: sends what waits, hears what happened at the other gates, and takes its time when the network
// is gone. One beat at a time, whoever asks for it.
import { book } from '../guests/book.svelte';
import type { News } from '../guests/list';
import { Refused, SignedOut } from '../graphql/client';
import { outbox } from './outbox.svelte';
import { upload } from './upload';

const EVERY_MS = 3000;
const HIDDEN_MS = 30_000;
const SLOWEST_MS = 15_000;

interface Listener {
  /** The server was heard: with its news, null without a list. */
  beat: (news: News | null) => Promise<void> | void;
  signedOut: () => void;
}

class Pulse {
  isSending = $state(false);
  /** Why the server would not take what waits, in its words. */
  problem = $state('');
  #listener: Listener | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | null = null;
  #isWanted = false;
  #failures = 0;
  #listId = '';

  /** Beat for the list until the returned function is called. */
  start(listId: string, listener: Listener): () => void {
    this.#listId = listId;
    this.#listener = listener;
    const now = () => void this.now();
    const seen = () => document.visibilityState === 'visible' && now();
    window.addEventListener('online', now);
    document.addEventListener('visibilitychange', seen);
    now();
    return () => {
      this.#listener = null;
      clearTimeout(this.#timer);
      window.removeEventListener('online', now);
      document.removeEventListener('visibilitychange', seen);
    };
  }

  /** Beat now; where one is under way, once more right after it, as it may have begun without a network. */
  async now(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#running) this.#isWanted = true;
    this.#running ??= this.#beat().finally(() => {
      const pause = this.#isWanted ? 0 : this.#pause;
      this.#running = null;
      this.#isWanted = false;
      if (this.#listener) this.#timer = setTimeout(() => void this.now(), pause);
    });
    await this.#running;
  }

  get #pause(): number {
    if (document.visibilityState !== 'visible') return HIDDEN_MS;
    // A hall full of phones shall not knock at one moment when the network comes back.
    const patience = EVERY_MS * 2 ** Math.min(this.#failures, 4) * (0.8 + 0.4 * Math.random());
    return Math.min(patience, SLOWEST_MS);
  }

  async #beat(): Promise<void> {
    const listener = this.#listener;
    try {
      await this.#send();
      await listener?.beat(await this.#hear());
      this.#failures = 0;
    } catch (error) {
      this.#failures += 1;
      if (error instanceof SignedOut) listener?.signedOut();
      else if (error instanceof Refused) this.problem = error.message;
    }
  }

  async #send(): Promise<void> {
    if (!outbox.waiting.length) return;
    this.isSending = true;
    try {
      this.problem = await upload();
    } finally {
      this.isSending = false;
    }
  }

  async #hear(): Promise<News | null> {
    const { sent } = outbox;
    if (this.#listId && !book.knows(this.#listId)) await book.take(this.#listId);
    const news = await book.refresh();
    // What the server had before we asked is now in the guest list itself.
    if (news) await outbox.drop(sent);
    if (!outbox.waiting.length) this.problem = '';
    return news;
  }
}

export const pulse = new Pulse();
