// The name under which this phone's scans are told apart: "Cửa A lúc 08:31, máy “Lan 2”".
import { recall, remember } from './memory';

const PLATFORMS: [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Macintosh/, 'Mac'],
  [/Linux/, 'Linux'],
];

export const DEVICE_NAME_LENGTH = 40;

function suggestion(): string {
  const platform = PLATFORMS.find(([pattern]) => pattern.test(navigator.userAgent))?.[1] ?? 'Web';
  // Two phones of one make stand side by side at most doors: a number keeps them apart.
  return `${platform} ${10 + ((crypto.getRandomValues(new Uint8Array(1))[0] ?? 0) % 90)}`;
}

/** The phone's name: the one chosen, else a suggestion that then stays. */
export function deviceName(): string {
  const kept = recall('device');
  if (kept) return kept;
  const name = suggestion();
  remember('device', name);
  return name;
}

/** Keep `name`, trimmed to what the server takes; an empty one changes nothing. Gives the name now in use. */
export function renameDevice(name: string): string {
  const clean = name.normalize('NFC').trim().slice(0, DEVICE_NAME_LENGTH);
  if (clean) remember('device', clean);
  return deviceName();
}
