// Scan after scan: ask the server, but never let the line wait for it; then show, and sound, one answer.
import { RedeemDocument, type AnswerInput, type ScanDirection } from '../generated/operations';
import { book } from '../guests/book.svelte';
import type { Registered } from '../guests/walkin';
import { PATIENCE_MS, Refused, request, SignedOut } from '../graphql/client';
import { codeIn } from '../phone/enrolment';
import { signal, type Tone } from '../signals/sound';
import { speak } from '../signals/speech';
import { moment } from '../sync/clock';
import { link } from '../sync/link.svelte';
import { outbox } from '../sync/outbox.svelte';
import { words } from '../words/language.svelte';
import { alone, queuedAs } from './alone';
import {
  answerTo,
  joined,
  undone,
  unheard,
  unsent,
  type Answer,
  type Kind,
  type Outcome,
  type Scan,
} from './answer';
import { deviceName } from './device';
import { door } from './door.svelte';
import { takeFee } from './fee';
import { admitMore } from './party';
import { takeBack } from './undoing';

const TONES: Record<Kind, Tone> = {
  go: 'yes',
  out: 'yes',
  already: 'no',
  stop: 'no',
  ask: 'no',
  unsent: 'unsure',
  undone: 'unsure',
};
const RECENT = 30;

/** From the picture with the code in it to the answer on the screen: to be read in the browser's own tools. */
function measure(start: number): void {
  requestAnimationFrame(() => performance.measure('door.answer', { start, end: performance.now() }));
}

class Scanning {
  answer = $state.raw<Answer | null>(null);
  recent = $state.raw<Answer[]>([]);
  direction = $state<ScanDirection>('ENTRY');
  checking = $state(false);
  /** What is under way besides scanning: taking back, letting in a group. */
  busy = $state<'undo' | 'party' | 'fee' | null>(null);
  /** Why that did not work, in words; empty when it did. */
  problem = $state('');
  #seenAt: number | null = null;

  /** Whether a code before the camera would be taken now: a "no" stays until somebody has read it. */
  get listens(): boolean {
    const { kind } = this.answer ?? { kind: 'go' };
    return door.stage === 'scan' && !this.checking && !this.busy && (kind === 'go' || kind === 'out');
  }

  /** Redeem `code`, however it was read; `seenAt` is when it came into view. */
  async present(code: string, seenAt: number | null = null): Promise<void> {
    const enrolment = codeIn(code);
    if (enrolment) return await door.enrol(enrolment);
    const scan = this.#scan(code.normalize('NFC').trim());
    if (!scan || this.checking) return;
    this.#seenAt = seenAt;
    await this.#redeem(scan);
  }

  /** Send the very same scan again: its nonce makes it count once. */
  async retry(): Promise<void> {
    if (this.answer?.kind === 'unsent') await this.#redeem(this.answer.scan);
  }

  /** Try anew with what the guest answered. */
  async reply(answers: AnswerInput[]): Promise<void> {
    if (!this.answer) return;
    const now = { nonce: crypto.randomUUID(), scannedAt: moment() };
    await this.#redeem({ ...this.answer.scan, ...now, answers });
  }

  /** Show what the gate says of somebody who was registered at it, under the scan `nonce`. */
  welcome({ number, outcome }: Registered, nonce: string): void {
    const scan = this.#scan(number, nonce);
    if (scan) this.#show(this.#heard({ ...scan, direction: 'ENTRY' }, outcome));
  }

  /** Ready for the next guest. */
  next(): void {
    this.answer = null;
    this.problem = '';
  }

  /** Forget whom this phone saw. */
  forget(): void {
    this.next();
    this.recent = [];
    this.direction = 'ENTRY';
  }

  /** Take back the admission in `answer`. */
  async undo(answer: Answer): Promise<void> {
    await this.#act('undo', async () => {
      this.problem = await takeBack(answer);
      if (!this.problem) this.#show(undone(answer));
    });
  }

  /** Let in `count` more of the group that the answer tells of. */
  async admitParty(answer: Answer, count: number): Promise<void> {
    await this.#act('party', async () => {
      const [went, problem] = await admitMore(answer, door.post?.gate?.name ?? '', count);
      this.problem = problem;
      if (!problem) this.#show(joined(answer, went));
    });
  }

  /** Mark the fee as received, then let the guest in by a new scan. */
  async takeFee(answer: Answer): Promise<void> {
    await this.#act('fee', async () => {
      this.problem = await takeFee(answer);
    });
    if (!this.problem) await this.#redeem({ ...answer.scan, nonce: crypto.randomUUID(), scannedAt: moment() });
  }

  #scan(code: string, nonce = crypto.randomUUID() as string): Scan | null {
    if (!door.post) return null;
    return {
      nonce,
      code,
      listId: door.post.list.id,
      gateId: door.post.gate?.id ?? null,
      device: deviceName(),
      scannedAt: moment(),
      direction: this.direction,
    };
  }

  async #act(what: 'undo' | 'party' | 'fee', act: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = what;
    this.problem = '';
    try {
      await act();
    } catch (error) {
      if (error instanceof SignedOut) await door.signedOut();
      this.problem = error instanceof Refused ? error.message : words.say('undo.unsent');
    } finally {
      this.busy = null;
    }
  }

  async #redeem(scan: Scan): Promise<void> {
    this.checking = true;
    this.problem = '';
    try {
      const patience = book.knows(scan.listId) ? link.patience : PATIENCE_MS;
      const heard = patience ? await this.#online(scan, patience) : null;
      this.#show(heard ?? (await this.#alone(scan, patience > 0)));
    } catch (error) {
      if (error instanceof SignedOut) await door.signedOut();
      else throw error;
    } finally {
      this.checking = false;
    }
  }

  /** The server's answer; null if it takes longer than a line can wait. */
  async #online(scan: Scan, patience: number): Promise<Answer | null> {
    try {
      const input = { ...scan, sentAt: moment() };
      const { redeem } = await request(RedeemDocument, { input }, words.language, patience);
      return this.#heard(scan, redeem);
    } catch (error) {
      if (error instanceof SignedOut) throw error;
      return error instanceof Refused ? unheard(scan, error.message) : null;
    }
  }

  #heard(scan: Scan, outcome: Outcome): Answer {
    const { status, admission, admitted } = outcome;
    if (admitted !== null) door.count(admitted);
    if (status === 'OK') this.#note(scan, admission?.ticketId ?? null);
    // The count is the event's: beside another list's answer it would say nothing.
    return answerTo(scan, { ...outcome, admitted: door.post?.list.isDefault ? admitted : null });
  }

  /** This phone's answer, which waits to be sent before anybody sees it. */
  async #alone(scan: Scan, wasAsked: boolean): Promise<Answer> {
    if (!book.knows(scan.listId)) return unsent(scan);
    try {
      const { answer, queued } = await alone(scan, door.post?.gate?.name ?? '', wasAsked);
      await outbox.add([queued]);
      return answer;
    } catch {
      return unsent(scan);
    }
  }

  #note(scan: Scan, ticketId: string | null): void {
    void outbox.note(queuedAs(scan, door.post?.gate?.name ?? '', { ticketId }));
  }

  #show(answer: Answer): void {
    this.answer = answer;
    const others = this.recent.filter(({ scan }) => scan.nonce !== answer.scan.nonce);
    this.recent = [answer, ...others].slice(0, RECENT);
    signal(TONES[answer.kind]);
    speak([words.say(answer.word), answer.admission?.name].filter(Boolean).join('. '));
    if (this.#seenAt !== null) measure(this.#seenAt);
    this.#seenAt = null;
  }
}

export const scanning = new Scanning();
