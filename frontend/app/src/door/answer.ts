// What one scan came to, in the terms of the screen: which way the hand points, which word, whose name.
import type { AnswerInput, CheckInReason, RedeemMutation, ScanDirection } from '../generated/operations';
import { known, type WordKey } from '../words/language.svelte';

type Redeemed = RedeemMutation['redeem'];
export type Admission = NonNullable<Redeemed['admission']>;
export type Party = NonNullable<Admission['party']>;
export type DoorQuestion = Redeemed['questions'][number];

/** One try to pass. Its nonce stays the same however often it is sent. */
export interface Scan {
  readonly nonce: string;
  readonly code: string;
  readonly listId: string;
  readonly gateId: string | null;
  readonly device: string;
  readonly scannedAt: string;
  readonly direction: ScanDirection;
  readonly answers?: AnswerInput[];
}

/** go: let in · out: let out · already: was in before · stop: never · ask: someone must decide · unsent · undone */
export type Kind = 'go' | 'out' | 'already' | 'stop' | 'ask' | 'unsent' | 'undone';

export interface Answer {
  readonly kind: Kind;
  readonly scan: Scan;
  readonly word: WordKey;
  readonly advice: WordKey | null;
  /** The server's own sentence, where it says more than our word. */
  readonly message: string | null;
  readonly admission: Admission | null;
  readonly first: Redeemed['first'];
  /** How many have arrived, this one included; null where this phone decided alone. */
  readonly admitted: number | null;
  /** How many of the group came in with this one. */
  readonly joined: number;
  /** What must be answered before the guest is let in. */
  readonly questions: DoorQuestion[];
  /** What the volunteer should know of an answer that this phone gave alone. */
  readonly doubt: WordKey | null;
}

/** What an answer of the server or of this phone says. */
export interface Outcome extends Pick<Redeemed, 'status' | 'reason' | 'direction'> {
  readonly admission: Admission | null;
  readonly first: Redeemed['first'];
  readonly admitted: number | null;
  readonly questions: DoorQuestion[];
  readonly errors: readonly { readonly message: string }[];
}

/** Refusals that nobody at the door can lift. For the others, today's and tomorrow's, somebody is to be asked. */
const FINAL: ReadonlySet<CheckInReason> = new Set<CheckInReason>([
  'INVALID',
  'CANCELED',
  'REVOKED',
  'BLOCKED',
]);
const NOTHING_KNOWN = {
  message: null,
  admission: null,
  first: null,
  admitted: null,
  joined: 0,
  questions: [],
  doubt: null,
} satisfies Partial<Answer>;

function kindOf({ status, reason, direction }: Outcome): Kind {
  if (status === 'OK') return direction === 'EXIT' ? 'out' : 'go';
  if (reason === 'ALREADY_REDEEMED') return 'already';
  return reason && FINAL.has(reason) ? 'stop' : 'ask';
}

function wordsFor({ status, reason, direction, admission }: Outcome): Pick<Answer, 'word' | 'advice'> {
  if (status === 'OK') return { word: direction === 'EXIT' ? 'out' : 'go', advice: null };
  // The door learns whose ticket it is only if it is one of this event: then the list is wrong, not the event.
  if (reason === 'PRODUCT' && admission) return { word: 'LIST.word', advice: 'LIST.advice' };
  const why = status === 'INCOMPLETE' ? 'INCOMPLETE' : reason;
  // A server newer than this app may give a reason that has no words here yet.
  return { word: known(`${why}.word`) ?? 'ERROR.word', advice: known(`${why}.advice`) ?? 'ERROR.advice' };
}

/** The screen for what the server, or this phone alone, decided. */
export function answerTo(scan: Scan, outcome: Outcome, doubt: WordKey | null = null): Answer {
  const { admission, first, admitted, questions, errors } = outcome;
  const message = errors[0]?.message ?? null;
  const said = { message, admission, first, admitted, joined: 0, questions, doubt };
  return { kind: kindOf(outcome), scan, ...wordsFor(outcome), ...said };
}

/** The screen when no answer came and this phone cannot tell either. */
export function unsent(scan: Scan): Answer {
  return { ...NOTHING_KNOWN, kind: 'unsent', scan, word: 'unsent', advice: 'unsent.advice' };
}

/** The screen when the server would not hear the question, with its `message`. */
export function unheard(scan: Scan, message: string): Answer {
  return { ...NOTHING_KNOWN, kind: 'ask', scan, word: 'ERROR.word', advice: null, message };
}

/** The screen after an admission was taken back. */
export function undone(answer: Answer): Answer {
  return { ...answer, kind: 'undone', word: 'undone', advice: 'undone.advice', doubt: null };
}

/** The same answer after so many more of its group went in. */
export function joined(answer: Answer, count: number): Answer {
  const { admission } = answer;
  if (!admission?.party) return answer;
  const { inside, waiting, ...party } = admission.party;
  const now = { ...party, inside: inside + count, waiting: waiting.slice(count) };
  return { ...answer, admission: { ...admission, party: now }, joined: answer.joined + count };
}
