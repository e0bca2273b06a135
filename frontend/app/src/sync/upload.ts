// Sending what waits, oldest first, in batches that a phone on a bad network can get through.
import { UploadScansDocument } from '../generated/operations';
import { Refused, request } from '../graphql/client';
import { words } from '../words/language.svelte';
import { moment, putRight } from './clock';
import { outbox, type QueuedScan } from './outbox.svelte';

const BATCH = 50;
const BATCH_PATIENCE_MS = 15_000;

function* batches(scans: QueuedScan[]): Generator<QueuedScan[]> {
  for (let start = 0; start < scans.length; ) {
    const { device } = scans[start] as QueuedScan;
    let end = start;
    // A batch speaks for one name: the phone may have been renamed meanwhile.
    while (end < scans.length && end - start < BATCH && scans[end]?.device === device) end += 1;
    yield scans.slice(start, end);
    start = end;
  }
}

/** Send one batch; gives what the server would not hear, in its words, empty when all went well. */
async function send(scans: QueuedScan[]): Promise<string> {
  const device = scans[0]?.device ?? '';
  const input = { device, sentAt: moment(), scans: scans.map(wire) };
  const { uploadScans } = await request(UploadScansDocument, { input }, words.language, BATCH_PATIENCE_MS);
  await outbox.settle(
    new Set(uploadScans.results.filter(({ taken }) => taken).map(({ nonce }) => String(nonce))),
  );
  return uploadScans.errors[0]?.message ?? '';
}

function wire(scan: QueuedScan) {
  const { nonce, listId, code, gateId, direction, letIn, reason, leadNonce } = scan;
  const scannedAt = putRight(scan.scannedAt, scan.clock);
  return { nonce, listId, code, gateId, direction, scannedAt, letIn, reason, leadNonce };
}

/** As `send`; where the batch is refused as a whole, each scan alone, so that one of them holds up no other. */
async function sendOrSplit(scans: QueuedScan[]): Promise<string> {
  try {
    return await send(scans);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (scans.length === 1) return error.message;
    const problems: string[] = [];
    for (const scan of scans) problems.push(await sendOrSplit([scan]));
    return problems.find(Boolean) ?? '';
  }
}

/** Send all that waits, once through; what the server does not take stays. Throws Unreachable and SignedOut. */
export async function upload(): Promise<string> {
  let problem = '';
  for (const scans of batches(outbox.waiting)) problem = (await sendOrSplit(scans)) || problem;
  return problem;
}
