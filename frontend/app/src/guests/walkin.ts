// Registering somebody who stands at the door, and letting them in with the same act.
import { RegisterAtDoorDocument } from '../generated/operations';
import { Refused, request } from '../graphql/client';
import { words } from '../words/language.svelte';

export interface Newcomer {
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  /** Said aloud and agreed to, at the door. */
  readonly agrees: boolean;
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

/** Register them; `nonce` stays the same while it is the same person. Gives the ticket's number, or what is wrong. */
export async function register(who: Newcomer, nonce: string, where: Where): Promise<string | Problem> {
  const input = { ...who, phone: who.phone || null, ...where, nonce, idempotencyKey: nonce };
  try {
    const { registerAtDoor } = await request(RegisterAtDoorDocument, { input }, words.language);
    const [error] = registerAtDoor.errors;
    return error ?? registerAtDoor.number ?? '';
  } catch (error) {
    const message = error instanceof Refused ? error.message : words.say('walkin.offline');
    return { field: null, message };
  }
}
