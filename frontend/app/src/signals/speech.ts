// The answer spoken, for hands and eyes that are elsewhere. Off until somebody wants it: a hall has many gates.
import { recall, remember } from '../door/memory';
import { words } from '../words/language.svelte';

export function canSpeak(): boolean {
  return 'speechSynthesis' in window;
}

export function speechIsOn(): boolean {
  return recall('speech') === 'on';
}

export function turnSpeech(on: boolean): void {
  remember('speech', on ? 'on' : 'off');
}

/** Say `text`, and nothing of what was being said before. */
export function speak(text: string): void {
  if (!canSpeak() || !speechIsOn()) return;
  const saying = new SpeechSynthesisUtterance(text.toLocaleLowerCase(words.locale));
  saying.lang = words.locale;
  speechSynthesis.cancel();
  speechSynthesis.speak(saying);
}
