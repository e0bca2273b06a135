// The short line under the name: what kind of guest, or when and where the first entry was.
import { words } from '../words/language.svelte';
import type { Answer } from './answer';
import { deviceName } from './device';
import type { Post } from './post';

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
export function factsOf(answer: Answer, post: Post | null): string[] {
  const type = answer.admission?.ticketType;
  if (answer.kind === 'already') return firstEntry(answer);
  if (answer.kind === 'go' && post) {
    return [...(type ? [type] : []), words.say('go.nth', { count: post.list.admitted })];
  }
  return type ? [type] : [];
}
