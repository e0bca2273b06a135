// Short tones, told apart with closed eyes: up for yes, twice low for no, one flat for "not sent".
import { recall, remember } from '../door/memory';

export type Tone = 'yes' | 'no' | 'unsure';

/** Frequency in hertz, start and length in seconds, and how sharp it sounds. */
type Note = [frequency: number, start: number, length: number, shape: OscillatorType];

const TONES: Record<Tone, Note[]> = {
  yes: [
    [659, 0, 0.09, 'sine'],
    [988, 0.09, 0.16, 'sine'],
  ],
  no: [
    [196, 0, 0.16, 'square'],
    [165, 0.22, 0.26, 'square'],
  ],
  unsure: [[440, 0, 0.22, 'triangle']],
};
const BUZZ: Record<Tone, number[]> = { yes: [60], no: [130, 70, 130], unsure: [40, 60, 40] };

let context: AudioContext | null = null;

/** Browsers let a page sound only after a touch: call this from one. */
export function unlockSound(): void {
  context ??= 'AudioContext' in window ? new AudioContext() : null;
  void context?.resume();
}

export function soundIsOn(): boolean {
  return recall('sound') !== 'off';
}

export function turnSound(on: boolean): void {
  remember('sound', on ? 'on' : 'off');
}

function play(speaker: AudioContext, [frequency, start, length, shape]: Note): void {
  const oscillator = new OscillatorNode(speaker, { frequency, type: shape });
  const from = speaker.currentTime + start;
  const volume = new GainNode(speaker, { gain: 0 });
  // A soft edge on both sides: a square cut is heard as a click.
  volume.gain.setValueAtTime(0, from);
  volume.gain.linearRampToValueAtTime(shape === 'square' ? 0.18 : 0.45, from + 0.01);
  volume.gain.setValueAtTime(shape === 'square' ? 0.18 : 0.45, from + length - 0.03);
  volume.gain.linearRampToValueAtTime(0, from + length);
  oscillator.connect(volume).connect(speaker.destination);
  oscillator.start(from);
  oscillator.stop(from + length);
}

/** Let the hand feel and the ear hear what the screen shows. */
export function signal(tone: Tone): void {
  navigator.vibrate?.(BUZZ[tone]);
  if (!context || !soundIsOn()) return;
  for (const note of TONES[tone]) play(context, note);
}
