// The answer of a phone that has only itself: its guest list, its clock, and what it let in so far.
import type { DoorTicket } from '../guests/list';
import { book } from '../guests/book.svelte';
import { clockIsBehind } from '../sync/clock';
import { outbox, type QueuedScan } from '../sync/outbox.svelte';
import { isCode } from '../tickets/code';
import { answerTo, type Admission, type Answer, type Scan } from './answer';
import { decide, type Rules, type Verdict, type Visit } from './decision';

/** What the ticket did at the list, as far as this phone knows: the server's word and its own doing, in order. */
function visitsOf(ticketId: string, ticket: DoorTicket | null, listId: string): Visit[] {
  const told = ticket?.scans ?? [];
  const own = outbox.visitsOf(ticketId, listId).filter(({ nonce }) => !told.some((scan) => scan.nonce === nonce));
  return [...told, ...own].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

export function isInside(ticket: DoorTicket, listId: string): boolean {
  return visitsOf(ticket.id, ticket, listId).at(-1)?.direction === 'ENTRY';
}

function mayCome(ticket: DoorTicket, rules: Rules, { listId, scannedAt: at }: Scan): boolean {
  const visits = visitsOf(ticket.id, ticket, listId);
  return decide({ rules, ticket, signed: null, visits, direction: 'ENTRY', at }).letIn;
}

function admissionOf(ticket: DoorTicket, rules: Rules, scan: Scan): Admission {
  const { id: ticketId, name, ticketType, number } = ticket;
  const { listId } = scan;
  const group = book.shelf.groupOf(ticket);
  const waiting = group.filter((each) => each.id !== ticket.id && mayCome(each, rules, scan));
  const inside = group.filter((each) => each.id === ticket.id || isInside(each, listId)).length;
  const party = group.length > 1 ? { size: group.length, inside, waiting } : null;
  return { name, ticketType, number, ticketId, registrationId: null, due: null, party };
}

interface Decided {
  readonly answer: Answer;
  readonly queued: QueuedScan;
}

function screen(scan: Scan, ticket: DoorTicket | null, rules: Rules, verdict: Verdict): Answer {
  const { letIn, reason, first, doubt } = verdict;
  const outcome = {
    status: letIn ? ('OK' as const) : ('ERROR' as const),
    reason,
    direction: scan.direction,
    // Of another event's ticket the door learns nothing, as online.
    admission: ticket && reason !== 'INVALID' ? admissionOf(ticket, rules, scan) : null,
    first,
    admitted: null,
    questions: [],
    errors: [],
  };
  return answerTo(scan, outcome, doubt && (`doubt.${doubt}` as const));
}

/** How the outbox keeps a scan. */
export function queuedAs(scan: Scan, gate: string, more: Partial<QueuedScan>): QueuedScan {
  const { nonce, listId, code, gateId, direction, scannedAt, device } = scan;
  const common = { nonce, listId, code, gateId, gate, direction, scannedAt, device };
  return {
    ...common,
    letIn: true,
    reason: null,
    leadNonce: null,
    ticketId: null,
    wasAsked: false,
    isSent: false,
    clock: clockIsBehind(),
    ...more,
  };
}

/** Decide `scan` without the network, by the list that the book holds. */
export async function alone(scan: Scan, gate: string, wasAsked: boolean): Promise<Decided> {
  const { rules } = book.list ?? {};
  if (!rules) throw new Error('no guest list on this phone');
  const signed = await book.signed(scan.code);
  const ticketId = signed?.ticketId ?? (isCode(scan.code) ? null : book.shelf.byNumber(scan.code)?.id) ?? null;
  const ticket = ticketId ? book.shelf.byId(ticketId) : null;
  const visits = ticketId ? visitsOf(ticketId, ticket, scan.listId) : [];
  const { direction, scannedAt: at } = scan;
  const verdict = decide({ rules, ticket, signed, visits, direction, at });
  const queued = queuedAs(scan, gate, { letIn: verdict.letIn, reason: verdict.reason, ticketId, wasAsked });
  return { answer: screen(scan, ticket, rules, verdict), queued };
}
