// Scans that the server has yet to hear of. Each is written to the phone before its answer is shown, and stays until
// the server said that it has it: through a reload, a crash, an empty battery.
import type { CheckInReason, ScanDirection } from '../generated/operations';
import type { Visit } from '../door/decision';
import { reading, writing } from '../store/database';
import { putRight } from './clock';

/** A scan decided by this phone. No name: whose it is, the guest list says. */
export interface QueuedScan {
  readonly nonce: string;
  readonly listId: string;
  readonly code: string;
  readonly gateId: string | null;
  readonly gate: string;
  readonly direction: ScanDirection;
  readonly scannedAt: string;
  readonly letIn: boolean;
  readonly reason: CheckInReason | null;
  readonly leadNonce: string | null;
  readonly device: string;
  /** By how much the phone's clock was believed to be behind. */
  readonly clock: number;
  readonly ticketId: string | null;
  /** The server may have it already: it was asked, and did not answer in time. */
  readonly wasAsked: boolean;
  /** The server has it; it stays here until the guest list has it from there, too. */
  readonly isSent: boolean;
}

type Row = QueuedScan & { order?: number };

class Outbox {
  #rows = $state.raw<Row[]>([]);
  /** What the server has yet to hear of, oldest first. */
  readonly waiting = $derived(this.#rows.filter(({ isSent }) => !isSent));

  async open(): Promise<void> {
    this.#rows = await reading<Row[]>('queue', (rows) => rows.getAll()).catch(() => []);
  }

  holds(nonce: string): boolean {
    return this.waiting.some((scan) => scan.nonce === nonce);
  }

  /** Keep scans for later. Rejects if the phone cannot promise it: then nobody may be told that it will be sent. */
  async add(scans: QueuedScan[]): Promise<void> {
    const rows: Row[] = scans.map((scan) => ({ ...scan }));
    await writing(
      ['queue'],
      (transaction) => {
        const queue = transaction.objectStore('queue');
        for (const row of rows) {
          const added = queue.add({ ...row });
          added.onsuccess = () => (row.order = added.result as number);
        }
      },
      'strict',
    );
    this.#rows = [...this.#rows, ...rows];
  }

  /** Remember an admission that the server has, until its news reach the guest list. */
  async note(scan: QueuedScan): Promise<void> {
    const row: Row = { ...scan, isSent: true };
    this.#rows = [...this.#rows, row];
    await writing(['queue'], (transaction) => {
      const added = transaction.objectStore('queue').add({ ...row });
      added.onsuccess = () => (row.order = added.result as number);
    }).catch(() => undefined);
  }

  /** The server has these. */
  async settle(nonces: ReadonlySet<string>): Promise<void> {
    const settled = this.#rows.filter(({ nonce }) => nonces.has(nonce)).map((row) => ({ ...row, isSent: true }));
    this.#rows = this.#rows.map((row) => settled.find(({ nonce }) => nonce === row.nonce) ?? row);
    await writing(['queue'], (transaction) => {
      for (const row of settled) if (row.order !== undefined) transaction.objectStore('queue').put(row);
    }).catch(() => undefined);
  }

  /** Let go of these: taken back, or known to the guest list by now. */
  async drop(nonces: ReadonlySet<string>): Promise<void> {
    const dropped = this.#rows.filter(({ nonce }) => nonces.has(nonce));
    if (!dropped.length) return;
    this.#rows = this.#rows.filter(({ nonce }) => !nonces.has(nonce));
    await writing(
      ['queue'],
      (transaction) => {
        for (const { order } of dropped) if (order !== undefined) transaction.objectStore('queue').delete(order);
      },
      'strict',
    ).catch(() => undefined);
  }

  /** What the server had when the news were asked for. */
  get sent(): ReadonlySet<string> {
    return new Set(this.#rows.filter(({ isSent }) => isSent).map(({ nonce }) => nonce));
  }

  /** What a ticket did at a list by this phone's own doing; the guest list may not say so yet. */
  visitsOf(ticketId: string, listId: string): (Visit & { nonce: string })[] {
    return this.#rows
      .filter((row) => row.letIn && row.ticketId === ticketId && row.listId === listId)
      .map(({ direction, scannedAt, clock, nonce, gate, device }) => {
        return { direction, at: putRight(scannedAt, clock), nonce, gate, device };
      });
  }

  /** Forget all of it, sent or not. */
  async wipe(): Promise<void> {
    this.#rows = [];
    await writing(['queue'], (transaction) => transaction.objectStore('queue').clear(), 'strict').catch(
      () => undefined,
    );
  }
}

export const outbox = new Outbox();
