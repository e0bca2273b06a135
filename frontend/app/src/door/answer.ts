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
}

type Redeemed = RedeemMutation['redeem'];

/** Refusals that someone with more say can lift; the others are final at the door. */
const LIFTABLE: ReadonlySet<CheckInReason> = new Set<CheckInReason>(['INVALID_TIME', 'PRODUCT']);

function kindOf({ status, reason }: Redeemed): Kind {
  if (status === 'OK') return 'go';
  if (reason === 'ALREADY_REDEEMED') return 'already';
  if (status === 'INCOMPLETE' || !reason || LIFTABLE.has(reason)) return 'ask';
  return 'stop';
}

/** The screen for the server's `redeemed`. */
export function answerTo(scan: Scan, redeemed: Redeemed): Answer {
  const kind = kindOf(redeemed);
  const message = redeemed.errors[0]?.message ?? null;
  const { admission, first } = redeemed;
  if (kind === 'go') return { kind, scan, word: 'go', advice: null, message: null, admission, first };
  return { kind, scan, ...wordsFor(redeemed), message, admission, first };
}

/** A server newer than this app may give a reason that has no words here yet: then it is worded in general. */
function wordsFor({ status, reason }: Redeemed): { word: WordKey; advice: WordKey } {
  const why = status === 'INCOMPLETE' ? 'INCOMPLETE' : reason;
  return { word: known(`${why}.word`) ?? 'ERROR.word', advice: known(`${why}.advice`) ?? 'ERROR.advice' };
}

/** The screen when no answer came: neither yes nor no. */
export function unsent(scan: Scan): Answer {
  return {
    kind: 'unsent',
    scan,
    word: 'unsent',
    advice: 'unsent.advice',
    message: null,
    admission: null,
    first: null,
  };
}

/** The screen when the server would not hear the question, with its `message`. */
export function unheard(scan: Scan, message: string): Answer {
  return { kind: 'ask', scan, word: 'ERROR.word', advice: null, message, admission: null, first: null };
}

/** The screen after an admission was taken back. */
export function undone(answer: Answer): Answer {
  return { ...answer, kind: 'undone', word: 'undone', advice: 'undone.advice', message: null, first: null };
}
