// Who stands here and at which events, kept on the phone so that it opens without a network.
import type { DoorQuery, PhoneFragment } from '../generated/operations';
import { keep, kept } from '../store/database';
import type { DoorEvent } from './post';

export interface Duty {
  /** The volunteer who is logged in; null for an enrolled phone. */
  readonly person: DoorQuery['me'];
  readonly events: DoorEvent[];
  /** The gate that the organiser gave the phone. */
  readonly gateId: string | null;
}

/** The duty of whoever is logged in. */
export function dutyOf({ me, myDoorEvents }: DoorQuery): Duty {
  return { person: me, events: myDoorEvents, gateId: null };
}

/** The duty of an enrolled phone: one event, its own lists. */
export function dutyOfPhone({ event, lists, gate }: PhoneFragment): Duty {
  return { person: null, events: [{ ...event, checkInLists: lists }], gateId: gate?.id ?? null };
}

export async function recallDuty(): Promise<Duty | null> {
  return (await kept<Duty>('duty')) ?? null;
}

export async function keepDuty(duty: Duty | null): Promise<void> {
  await keep('duty', duty ?? undefined);
}
