// This phone as a gate phone: enrolled without anybody's login, seen by the organiser, given back or revoked.
import {
  EnrolDeviceDocument,
  LeaveDeviceDocument,
  ReportDeviceDocument,
  ThisDeviceDocument,
  type PhoneFragment,
} from '../generated/operations';
import { identify, PATIENCE_MS, Refused, request, SignedOut } from '../graphql/client';
import { keep, kept } from '../store/database';
import { words } from '../words/language.svelte';

const REPORT_EVERY_MS = 60_000;
/** The build by its entry's hash, as the organiser's list of phones shows it. */
const VERSION = /-([\w-]{8})\.js/.exec(import.meta.url)?.[1] ?? 'dev';

class Phone {
  token = $state.raw<string | null>(null);
  #reportedAt = 0;
  #reportedWaiting = 0;
  /** A name that its keeper gave it and the organiser has yet to hear of. */
  #name: string | null = null;

  /** Be again who this phone was when it was closed. */
  async open(): Promise<void> {
    this.#hold((await kept<string>('token')) ?? null);
  }

  /** Become a gate phone by an organiser's code. Throws Refused with why not, and Unreachable. */
  async enrol(code: string): Promise<PhoneFragment> {
    const input = { code, appVersion: VERSION };
    const { enrolDevice } = await request(EnrolDeviceDocument, { input }, words.language);
    const { token, device, errors } = enrolDevice;
    if (!token || !device) throw new Refused(errors[0]?.code ?? '', errors[0]?.message ?? '');
    await keep('token', token);
    this.#hold(token);
    return device;
  }

  /** Where this phone stands, by the organiser's word. Throws SignedOut when it was revoked or all is over. */
  async whereabouts(patience = PATIENCE_MS): Promise<PhoneFragment> {
    const { thisDevice } = await request(ThisDeviceDocument, {}, words.language, patience);
    if (!thisDevice) throw new SignedOut();
    return thisDevice;
  }

  /** Let the organiser see it: once a minute, and as soon as another number waits. A failure is no news. */
  async report(waiting: number, gateId: string | null): Promise<void> {
    const isDue = Date.now() - this.#reportedAt > REPORT_EVERY_MS || waiting !== this.#reportedWaiting;
    if (!this.token || !(isDue || this.#name)) return;
    this.#reportedAt = Date.now();
    this.#reportedWaiting = waiting;
    const input = { appVersion: VERSION, waiting, gateId, ...(this.#name && { name: this.#name }) };
    const heard = await request(ReportDeviceDocument, { input }, words.language).catch(() => null);
    if (heard) this.#name = null;
  }

  /** Be called `name` from the next report on. */
  rename(name: string): void {
    this.#name = name;
  }

  /** Give the token back; without a network it is only forgotten here. */
  async leave(): Promise<void> {
    if (this.token) await request(LeaveDeviceDocument, {}, words.language).catch(() => undefined);
    await this.forget();
  }

  async forget(): Promise<void> {
    this.#hold(null);
    await keep('token', undefined);
  }

  #hold(token: string | null): void {
    this.token = token;
    identify(token);
  }
}

export const phone = new Phone();
