// Taking an admission back, within 15 minutes: by the server, or from what only waits on this phone.
import { AnnulDocument } from '../generated/operations';
import { request } from '../graphql/client';
import { now } from '../sync/clock';
import { outbox } from '../sync/outbox.svelte';
import { words } from '../words/language.svelte';
import type { Answer } from './answer';

const WITHIN_MS = 15 * 60 * 1000;

/** Whether the admission in `answer` can still be taken back. */
export function mayUndo(answer: Answer): boolean {
  const passed = answer.kind === 'go' || answer.kind === 'out';
  return passed && now() - Date.parse(answer.scan.scannedAt) < WITHIN_MS;
}

/** Take it back; gives the server's words if it refused. Throws Unreachable, SignedOut and Refused. */
export async function takeBack({ scan: { nonce, device } }: Answer): Promise<string> {
  const scan = outbox.waiting.find((each) => each.nonce === nonce);
  const family = outbox.waiting.filter((each) => each.nonce === nonce || each.leadNonce === nonce);
  const nonces = new Set([nonce, ...family.map((each) => each.nonce)]);
  if (scan && !scan.wasAsked) {
    await outbox.drop(nonces);
    return '';
  }
  // The server may have it, heard or not. If it has not, it says so, and ours is all there is to drop.
  const { annul } = await request(AnnulDocument, { input: { nonce, device } }, words.language);
  const problem = scan ? '' : (annul.errors[0]?.message ?? '');
  if (!problem) await outbox.drop(nonces);
  return problem;
}
