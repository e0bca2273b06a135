// The short line under the name: what kind of guest, or when and where the first entry was.
import { words } from '../words/language.svelte';
import type { Answer } from './answer';
import { deviceName } from './device';

/** When, where and by which phone the ticket was first used: "Cửa A lúc 08:31", "máy “Lan 2”". */
export function firstEntry({ first }: Answer): string[] {
  if (!first) return [];
  const time = words.time(first.at);
  const place = first.gate
    ? words.say('first.gate', { gate: words.gate(first.gate), time })
    : words.say('first.time', { time });
  if (!first.device) return [place];
  const ours = first.device === deviceName();
  return [place, ours ? words.say('first.thisdevice') : words.say('first.device', { device: first.device })];
}

/** The facts for the answer's screen, in reading order. */
export function factsOf(answer: Answer): string[] {
  if (answer.kind === 'already') return firstEntry(answer);
  const type = answer.admission?.ticketType;
  const nth =
    answer.kind === 'go' && answer.admitted !== null && words.say('go.nth', { count: answer.admitted });
  return [type, nth].filter((fact) => typeof fact === 'string');
}
