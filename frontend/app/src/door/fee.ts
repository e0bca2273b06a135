// A fee that is paid at the door: marked as received by a volunteer; a gate phone sends the guest to the desk.
import { MarkFeeReceivedDocument } from '../generated/operations';
import { request } from '../graphql/client';
import { phone } from '../phone/phone.svelte';
import { words } from '../words/language.svelte';
import type { Answer } from './answer';

/** What is due in đồng, if it may be taken here; else 0. */
export function feeHere({ admission }: Answer): number {
  return !phone.token && admission?.registrationId ? (admission.due ?? 0) : 0;
}

/** Mark it as received; gives the server's words if it refused. Throws Unreachable, SignedOut and Refused. */
export async function takeFee({ admission, scan }: Answer): Promise<string> {
  const registrationId = admission?.registrationId ?? '';
  const input = { registrationId, idempotencyKey: scan.nonce };
  const { markFeeReceived } = await request(MarkFeeReceivedDocument, { input }, words.language);
  return markFeeReceived.errors[0]?.message ?? '';
}
