// The whole door in one object: who stands here, where, what the last scan said.
import { AnnulDocument, DoorDocument, RedeemDocument, type DoorQuery } from '../generated/operations';
import { Refused, request, SignedOut } from '../graphql/client';
import { signal, type Tone } from '../signals/sound';
import { words } from '../words/language.svelte';
import { answerTo, undone, unheard, unsent, type Answer, type Kind, type Scan } from './answer';
import { deviceName } from './device';
import { inOrder, postAt, rememberPlace, suggestedPlace, type DoorEvent, type Place } from './post';

export type Stage = 'loading' | 'offline' | 'failed' | 'signed-out' | 'no-role' | 'choose' | 'scan';
export type Undoing = 'no' | 'busy' | 'unsent' | 'refused';

const TONES: Record<Kind, Tone> = {
  go: 'yes',
  already: 'no',
  stop: 'no',
  ask: 'no',
  unsent: 'unsure',
  undone: 'unsure',
};
const UNDO_WITHIN_MS = 15 * 60 * 1000;
const RECENT = 30;

class Door {
  stage = $state<Stage>('loading');
  person = $state.raw<DoorQuery['me']>(null);
  events = $state.raw<DoorEvent[]>([]);
  place = $state.raw<Place | null>(null);
  readonly post = $derived(this.place && postAt(this.events, this.place));
  answer = $state.raw<Answer | null>(null);
  recent = $state.raw<Answer[]>([]);
  checking = $state(false);
  undoing = $state<Undoing>('no');
  /** The server's own words about what it refused. */
  message = $state('');

  /** Ask who is here and where they may stand. */
  async open(): Promise<void> {
    this.stage = 'loading';
    try {
      this.#enter(await request(DoorDocument, {}, words.language));
    } catch (error) {
      this.#stayOutside(error);
    }
  }

  /** Take up the post at `place` and start scanning. */
  start(place: Place): void {
    this.place = place;
    rememberPlace(place);
    this.answer = null;
    this.stage = 'scan';
  }

  /** Whether a code before the camera would be taken now: a "no" stays until somebody has read it. */
  get listens(): boolean {
    return this.stage === 'scan' && !this.checking && (!this.answer || this.answer.kind === 'go');
  }

  /** Redeem `code`, however it was read. */
  async present(code: string): Promise<void> {
    if (!this.post || this.checking) return;
    await this.#redeem({
      nonce: crypto.randomUUID(),
      code: code.normalize('NFC').trim(),
      listId: this.post.list.id,
      gateId: this.post.gate?.id ?? null,
      device: deviceName(),
      scannedAt: new Date().toISOString(),
    });
  }

  /** Send the very same scan again: its nonce makes it count once. */
  async retry(): Promise<void> {
    if (this.answer?.kind === 'unsent') await this.#redeem(this.answer.scan);
  }

  /** Ready for the next guest. */
  next(): void {
    this.answer = null;
    this.undoing = 'no';
  }

  /** Whether the admission in `answer` can still be taken back. */
  mayUndo(answer: Answer, now = Date.now()): boolean {
    return answer.kind === 'go' && now - Date.parse(answer.scan.scannedAt) < UNDO_WITHIN_MS;
  }

  /** Why the last undoing failed, in words; empty when it did not. */
  get undoProblem(): string {
    if (this.undoing === 'unsent') return words.say('undo.unsent');
    return this.undoing === 'refused' ? this.message : '';
  }

  /** Take back the admission in `answer`. */
  async undo(answer: Answer): Promise<void> {
    const { nonce, device } = answer.scan;
    this.undoing = 'busy';
    try {
      const { annul } = await request(AnnulDocument, { input: { nonce, device } }, words.language);
      this.message = annul.errors[0]?.message ?? '';
      this.undoing = this.message ? 'refused' : 'no';
      if (!this.message) this.#show(undone(answer));
    } catch (error) {
      this.#endUndo(error);
    }
    void this.refresh();
  }

  /** Ask anew for what changes: other gates admit people too, titles follow the language. Failing, all stays. */
  async refresh(): Promise<void> {
    if (!this.post) return;
    try {
      const fresh = await request(DoorDocument, {}, words.language);
      this.events = inOrder(fresh.myDoorEvents, new Date());
      if (!this.post) this.#enter(fresh);
    } catch (error) {
      if (error instanceof SignedOut) this.stage = 'signed-out';
    }
  }

  #enter({ me, myDoorEvents }: DoorQuery): void {
    this.person = me;
    this.events = inOrder(myDoorEvents, new Date());
    this.place = suggestedPlace(this.events, new Date());
    if (!me) this.stage = 'signed-out';
    else this.stage = this.post ? 'choose' : 'no-role';
  }

  #stayOutside(error: unknown): void {
    if (error instanceof SignedOut) this.stage = 'signed-out';
    else if (error instanceof Refused) {
      this.message = error.message;
      this.stage = 'failed';
    } else this.stage = 'offline';
  }

  async #redeem(scan: Scan): Promise<void> {
    this.checking = true;
    this.undoing = 'no';
    try {
      const { redeem } = await request(RedeemDocument, { input: scan }, words.language);
      this.#show(answerTo(scan, redeem));
      this.#count(redeem.admitted);
    } catch (error) {
      if (error instanceof SignedOut) this.stage = 'signed-out';
      else this.#show(error instanceof Refused ? unheard(scan, error.message) : unsent(scan));
    } finally {
      this.checking = false;
    }
  }

  #show(answer: Answer): void {
    this.answer = answer;
    const others = this.recent.filter(({ scan }) => scan.nonce !== answer.scan.nonce);
    this.recent = [answer, ...others].slice(0, RECENT);
    signal(TONES[answer.kind]);
  }

  #endUndo(error: unknown): void {
    if (error instanceof SignedOut) this.stage = 'signed-out';
    this.message = error instanceof Refused ? error.message : '';
    this.undoing = error instanceof Refused ? 'refused' : 'unsent';
  }

  /** An answer counts the whole event; where that is one list, the header needs to ask nothing more. */
  #count(admitted: number | null): void {
    if (!this.post || admitted === null) return;
    const { event, list } = this.post;
    if (event.checkInLists.length > 1) void this.refresh();
    else {
      const counted = { ...event, checkInLists: [{ ...list, admitted }] };
      this.events = this.events.map((each) => (each.id === event.id ? counted : each));
    }
  }
}

export const door = new Door();
