// What one scan came to, in the terms of the screen: which way the hand points, which word, whose name.
import type { CheckInReason, RedeemMutation } from '../generated/operations';
import { known, type WordKey } from '../words/language.svelte';

/** One try to redeem a code. Its nonce stays the same however often it is sent. */
export interface Scan {
  readonly nonce: string;
  readonly code: string;
  readonly listId: string;
  readonly gateId: string | null;
  readonly device: string;
  readonly scannedAt: string;
}

/** go: let in · already: was in before · stop: never · ask: someone must decide · unsent: unknown · undone */
export type Kind = 'go' | 'already' | 'stop' | 'ask' | 'unsent' | 'undone';

export interface Answer {
  readonly kind: Kind;
  readonly scan: Scan;
  readonly word: WordKey;
  readonly advice: WordKey | null;
  /** The server's own sentence, where it says more than our word. */
  readonly message: string | null;
  readonly admission: Redeemed['admission'];
  readonly first: Redeemed['first'];
  /** How many are inside, this one included. */
  readonly admitted: number | null;
}

type Redeemed = RedeemMutation['redeem'];

/** Refusals that nobody at the door can lift. For the others, today's and tomorrow's, somebody is to be asked. */
const FINAL: ReadonlySet<CheckInReason> = new Set<CheckInReason>([
  'INVALID',
  'CANCELED',
  'REVOKED',
  'BLOCKED',
]);
const NOTHING_KNOWN = { message: null, admission: null, first: null, admitted: null };

function kindOf({ status, reason }: Redeemed): Kind {
  if (status === 'OK') return 'go';
  if (reason === 'ALREADY_REDEEMED') return 'already';
  return reason && FINAL.has(reason) ? 'stop' : 'ask';
}

function wordsFor({ status, reason }: Redeemed): Pick<Answer, 'word' | 'advice'> {
  if (status === 'OK') return { word: 'go', advice: null };
  const why = status === 'INCOMPLETE' ? 'INCOMPLETE' : reason;
  // A server newer than this app may give a reason that has no words here yet.
  return { word: known(`${why}.word`) ?? 'ERROR.word', advice: known(`${why}.advice`) ?? 'ERROR.advice' };
}

/** The screen for the server's `redeemed`. */
export function answerTo(scan: Scan, redeemed: Redeemed): Answer {
  const { admission, first, admitted, errors } = redeemed;
  const message = errors[0]?.message ?? null;
  return { kind: kindOf(redeemed), scan, ...wordsFor(redeemed), message, admission, first, admitted };
}

/** The screen when no answer came: neither yes nor no. */
export function unsent(scan: Scan): Answer {
  return { ...NOTHING_KNOWN, kind: 'unsent', scan, word: 'unsent', advice: 'unsent.advice' };
}

/** The screen when the server would not hear the question, with its `message`. */
export function unheard(scan: Scan, message: string): Answer {
  return { ...NOTHING_KNOWN, kind: 'ask', scan, word: 'ERROR.word', advice: null, message };
}

/** The screen after an admission was taken back. */
export function undone(answer: Answer): Answer {
  return { ...answer, kind: 'undone', word: 'undone', advice: 'undone.advice' };
}
