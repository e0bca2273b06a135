// Letting in the rest of a group after one of them was scanned: by the server, else by this phone.
import { AdmitPartyDocument } from '../generated/operations';
import { request, Unreachable } from '../graphql/client';
import { book } from '../guests/book.svelte';
import { moment } from '../sync/clock';
import { link } from '../sync/link.svelte';
import { outbox } from '../sync/outbox.svelte';
import { words } from '../words/language.svelte';
import type { Answer } from './answer';
import { queuedAs } from './alone';

/** `count` is how many in all came in with the first: sent again, it lets in nobody more. */
async function byServer({ scan, joined }: Answer, count: number): Promise<[number, string]> {
  const input = { nonce: scan.nonce, device: scan.device, count: joined + count };
  const { admitParty } = await request(AdmitPartyDocument, { input }, words.language, link.patience);
  return [admitParty.admitted.length - joined, admitParty.errors[0]?.message ?? ''];
}

async function byPhone(answer: Answer, gate: string, count: number): Promise<number> {
  const members = answer.admission?.party?.waiting.slice(0, count) ?? [];
  const scannedAt = moment();
  const scans = members.map(({ number }) =>
    queuedAs({ ...answer.scan, nonce: crypto.randomUUID(), code: number, scannedAt }, gate, {
      leadNonce: answer.scan.nonce,
      ticketId: book.shelf.byNumber(number)?.id ?? null,
    }),
  );
  await outbox.add(scans);
  return scans.length;
}

/** Let in `count` more of the group; gives how many went in, and the server's words if it refused. */
export async function admitMore(answer: Answer, gate: string, count: number): Promise<[number, string]> {
  // The first of them waits to be sent: the server knows of no group to let in yet.
  if (!link.patience || outbox.holds(answer.scan.nonce)) return [await byPhone(answer, gate, count), ''];
  try {
    return await byServer(answer, count);
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return [await byPhone(answer, gate, count), ''];
  }
}
