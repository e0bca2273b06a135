// Who stands here, and where: from opening the app to taking up the post, and everything that ends it.
import { DoorDocument } from '../generated/operations';
import { book } from '../guests/book.svelte';
import { PATIENCE_MS, Refused, request, SignedOut } from '../graphql/client';
import { takeCode } from '../phone/enrolment';
import { phone } from '../phone/phone.svelte';
import { outbox } from '../sync/outbox.svelte';
import { words } from '../words/language.svelte';
import { renameDevice } from './device';
import { dutyOf, dutyOfPhone, keepDuty, recallDuty, type Duty } from './duty';
import { inOrder, postAt, rememberPlace, suggestedPlace, type DoorEvent, type Place } from './post';

export type Stage =
  | 'loading'
  | 'enrolling'
  | 'not-enrolled'
  | 'offline'
  | 'failed'
  | 'signed-out'
  | 'no-role'
  | 'revoked'
  | 'over'
  | 'left'
  | 'choose'
  | 'scan';

/** With a duty on the phone, a silent network may hold up the opening no longer than this. */
const OPENING_PATIENCE_MS = 2500;

class Door {
  stage = $state<Stage>('loading');
  duty = $state.raw<Duty | null>(null);
  events = $state.raw<DoorEvent[]>([]);
  place = $state.raw<Place | null>(null);
  readonly post = $derived(this.place && postAt(this.events, this.place));
  /** The server's own words about what it refused. */
  message = $state('');
  #code: string | null = null;
  #isOpened = false;

  /** Open what lies on the phone, then ask who is here and where they may stand. */
  async open(): Promise<void> {
    this.stage = 'loading';
    this.#code = takeCode() ?? this.#code;
    if (!this.#isOpened) await Promise.all([phone.open(), book.open(), outbox.open()]);
    this.#isOpened = true;
    if (this.#code) await this.enrol(this.#code);
    else if (book.isOver) await this.endIfOver();
    else await this.#begin();
  }

  /** Become a gate phone by the organiser's code. */
  async enrol(code: string): Promise<void> {
    this.#code = code;
    this.stage = 'enrolling';
    try {
      const device = await phone.enrol(code);
      this.#code = null;
      await book.wipe();
      renameDevice(device.name);
      this.#enter(dutyOfPhone(device));
    } catch (error) {
      this.message = error instanceof Refused ? error.message : words.say('enrol.offline');
      // A refused code will be refused again.
      if (error instanceof Refused) this.#code = null;
      this.stage = 'not-enrolled';
    }
  }

  /** Take up the post at `place` and start scanning. */
  async start(place: Place): Promise<void> {
    this.place = place;
    rememberPlace(place);
    // A phone short of room shall not take ours: the queue lies there.
    void navigator.storage?.persist?.();
    // Another event's guests have no business on this phone any more.
    if (book.list && this.post && !book.knows(this.post.list.id)) await book.wipe();
    this.stage = 'scan';
  }

  /** Ask anew for what changes: other gates admit people too, titles follow the language. Failing, all stays. */
  async refresh(): Promise<void> {
    if (!this.post) return;
    try {
      const duty = await this.#ask();
      this.#take(duty);
      if (!this.post) this.#enter(duty);
    } catch (error) {
      if (error instanceof SignedOut) await this.signedOut();
    }
  }

  /** How many are in, as the last answer or the last news had it. */
  count(admitted: number): void {
    if (!this.post) return;
    const { event, list } = this.post;
    const lists = event.checkInLists.map((each) => (each.isDefault ? { ...each, admitted } : each));
    if (list.isDefault && list.admitted !== admitted) {
      this.events = this.events.map((each) => (each.id === event.id ? { ...each, checkInLists: lists } : each));
    }
  }

  /** The server knows this phone or this person no more: the guests' names go at once. */
  async signedOut(): Promise<void> {
    if (phone.token) await this.#end('revoked');
    else {
      await book.wipe();
      await keepDuty(null);
      this.stage = 'signed-out';
    }
  }

  /** Give up the post for good: nothing of it stays on the phone. */
  async leave(): Promise<void> {
    const isPhone = phone.token !== null;
    // Nothing is scanned or fetched from here on, or it would be written after the wiping.
    this.stage = isPhone ? 'left' : 'loading';
    if (isPhone) await phone.leave();
    await this.#wipe();
    if (!isPhone) location.assign(words.address('/tai-khoan/logout/'));
  }

  /** When the event is long over the names go; what waits to be sent bears none, and may wait. */
  async endIfOver(): Promise<void> {
    if (!book.isOver) return;
    this.stage = 'over';
    await book.wipe();
    if (!outbox.waiting.length) await this.#wipe();
  }

  async #begin(): Promise<void> {
    const known = await recallDuty();
    try {
      this.#enter(await this.#ask(known ? OPENING_PATIENCE_MS : PATIENCE_MS));
    } catch (error) {
      if (error instanceof SignedOut) await this.signedOut();
      else if (known) this.#enter(known);
      else if (error instanceof Refused) {
        this.message = error.message;
        this.stage = 'failed';
      } else this.stage = 'offline';
    }
  }

  async #ask(patience = PATIENCE_MS): Promise<Duty> {
    if (phone.token) {
      const device = await phone.whereabouts(patience);
      renameDevice(device.name);
      return dutyOfPhone(device);
    }
    return dutyOf(await request(DoorDocument, {}, words.language, patience));
  }

  #take(duty: Duty): void {
    this.duty = duty;
    this.events = inOrder(duty.events, new Date());
    void keepDuty(duty);
  }

  #enter(duty: Duty): void {
    this.#take(duty);
    this.place = suggestedPlace(this.events, new Date());
    if (this.place && duty.gateId) this.place = { ...this.place, gateId: this.place.gateId ?? duty.gateId };
    if (!duty.person && !phone.token) void this.signedOut();
    else this.stage = this.post ? 'choose' : 'no-role';
    // Whoever was taken off the rota of an event has its guests no more.
    const mayKnow = this.events.some(({ checkInLists }) => checkInLists.some(({ id }) => book.knows(id)));
    if (!mayKnow) void book.wipe();
  }

  async #end(stage: Stage): Promise<void> {
    this.stage = stage;
    await this.#wipe();
  }

  async #wipe(): Promise<void> {
    await Promise.all([book.wipe(), outbox.wipe(), phone.forget(), keepDuty(null)]);
    this.duty = null;
    this.events = [];
  }
}

export const door = new Door();
