// The time, put right by the server's: what two phones did is told apart by it, and a phone's own may be hours off.
import { recall, remember } from '../door/memory';

/** The server tells whole seconds, and the way takes a while: less than this is no difference. */
const BLUR_MS = 2500;

let behind = Number(recall('clock')) || 0;

/** The server's answer was dated `date`. */
export function hearTime(date: string | null): void {
  const server = Date.parse(date ?? '');
  if (Number.isNaN(server) || Math.abs(server - now()) < BLUR_MS) return;
  const measured = server - Date.now();
  behind = Math.abs(measured) < BLUR_MS ? 0 : measured;
  remember('clock', String(behind));
}

/** By how many milliseconds this phone's own clock is believed to be behind. */
export function clockIsBehind(): number {
  return behind;
}

/** Now, in milliseconds since 1970. */
export function now(): number {
  return Date.now() + behind;
}

/** Now, as it is sent and kept. */
export function moment(): string {
  return new Date(now()).toISOString();
}

/** A moment that was written down when the clock was believed to be `then` behind, by what is believed now. */
export function putRight(at: string, then: number): string {
  return then === behind ? at : new Date(Date.parse(at) + behind - then).toISOString();
}
