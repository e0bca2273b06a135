// May this ticket pass? The server's rules (events/door_rules.py), for a phone that stands alone. Pure: a table of
// cases, tests/events/door_cases.json, holds both to the same answers.
import type { CheckInReason, DoorTicketState, ScanDirection } from '../generated/operations';
import { cityDay } from './day';

/** What a list says about when and how often. What it needs of another list cannot be known here: that lets in. */
export interface Rules {
  readonly allowsReentry: boolean;
  readonly allowsMultiple: boolean;
  readonly onceADay: boolean;
  readonly opensAt: string | null;
  readonly closesAt: string | null;
}

/** One standing scan of a ticket at the list. */
export interface Visit {
  readonly direction: ScanDirection;
  readonly at: string;
  readonly gate: string;
  readonly device: string;
}

export interface Case {
  readonly rules: Rules;
  /** The ticket as the phone knows it; null if it does not. */
  readonly ticket: { readonly version: number; readonly state: DoorTicketState } | null;
  /** What a true code said; null for a typed number, or a code that is not ours. */
  readonly signed: { readonly version: number } | null;
  /** What the ticket did at this list, in order. */
  readonly visits: readonly Visit[];
  readonly direction: ScanDirection;
  readonly at: string;
}

/** `doubt`: let in though the phone knows less than the code does; it may be newer than the phone's list. */
export interface Verdict {
  readonly letIn: boolean;
  readonly reason: CheckInReason | null;
  readonly first: Visit | null;
  readonly doubt: 'unknown' | 'newer' | null;
}

const CLEAR: Verdict = { letIn: true, reason: null, first: null, doubt: null };

function refused(reason: CheckInReason, first: Visit | null = null): Verdict {
  return { letIn: false, reason, first, doubt: null };
}

function deadBy(state: DoorTicketState): CheckInReason | null {
  return state === 'GOOD' ? null : state;
}

function isOpen({ opensAt, closesAt }: Rules, at: string): boolean {
  const moment = Date.parse(at);
  return !(opensAt && moment < Date.parse(opensAt)) && !(closesAt && moment >= Date.parse(closesAt));
}

/** The entry because of which another one is a second one; null if it is allowed (pretix's rule). */
export function inTheWay(visits: readonly Visit[], rules: Rules, at: string): Visit | null {
  if (rules.allowsMultiple) return null;
  const before = rules.onceADay ? visits.filter((visit) => cityDay(visit.at) === cityDay(at)) : visits;
  // Whoever went out is in nobody's way, where the list lets in again.
  const since = rules.allowsReentry ? before.map(({ direction }) => direction).lastIndexOf('EXIT') + 1 : 0;
  return before.slice(since).find(({ direction }) => direction === 'ENTRY') ?? null;
}

/** Decide as the server would, by what this phone knows. */
export function decide({ rules, ticket, signed, visits, direction, at }: Case): Verdict {
  if (!ticket && !signed) return refused('INVALID');
  // Nobody is kept in.
  if (direction === 'EXIT') return ticket ? CLEAR : { ...CLEAR, doubt: 'unknown' };
  if (ticket && signed && signed.version < ticket.version) return refused('REVOKED');
  const dead = ticket && deadBy(ticket.state);
  if (dead) return refused(dead);
  if (!isOpen(rules, at)) return refused('INVALID_TIME');
  const first = inTheWay(visits, rules, at);
  if (first) return refused('ALREADY_REDEEMED', first);
  if (!ticket) return { ...CLEAR, doubt: 'unknown' };
  return signed && signed.version > ticket.version ? { ...CLEAR, doubt: 'newer' } : CLEAR;
}
