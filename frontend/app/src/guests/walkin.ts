// Registering somebody who stands at the door, and letting them in with the same act.
import { RegisterAtDoorDocument } from '../generated/operations';
import type { Outcome } from '../door/answer';
import { Refused, request } from '../graphql/client';
import { words } from '../words/language.svelte';

export interface Newcomer {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  /** Said aloud and agreed to, at the door. */
  readonly agrees: boolean;
}

/** A ticket, and what the gate says of it: a fee may be due, a question open. */
export interface Registered {
  readonly number: string;
  readonly outcome: Outcome;
}

/** Whose names the field of a refusal goes by. */
export interface Problem {
  readonly field: string | null;
  readonly message: string;
}

interface Where {
  readonly listId: string;
  readonly gateId: string | null;
  readonly device: string;
}

/** Register them; `nonce` stays the same while it is the same person. Gives what the gate says, or what is wrong. */
export async function register(who: Newcomer, nonce: string, where: Where): Promise<Registered | Problem> {
  const input = { ...who, phone: who.phone || null, ...where, nonce };
  try {
    const { registerAtDoor } = await request(RegisterAtDoorDocument, { input }, words.language);
    const { number, status, errors, ...said } = registerAtDoor;
    const [error] = errors;
    if (error || !number || !status) return error ?? { field: null, message: words.say('ERROR.advice') };
    return { number, outcome: { ...said, status, errors: [], first: null, direction: 'ENTRY' } };
  } catch (error) {
    const message = error instanceof Refused ? error.message : words.say('walkin.offline');
    return { field: null, message };
  }
}
