// A ticket's signed code, read without the network. `HP1:` and the base32 of version (1 byte), ticket id (16),
// ticket version (2) and an Ed25519 signature over those (64).
import type { Verify } from './signature';

/** What a true code says. */
export interface Signed {
  readonly ticketId: string;
  readonly version: number;
}

export const PREFIX = 'HP1:';
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const FORMAT = 1;
const BODY_BYTES = 19;
const BYTES = BODY_BYTES + 64;
const LETTERS = Math.ceil((BYTES * 8) / 5);

/** Whether `text` means to be a signed code, true or not. */
export function isCode(text: string): boolean {
  return text.trim().toUpperCase().startsWith(PREFIX);
}

/** The bytes behind base32's letters; null unless this is their one canonical spelling. */
function decode(letters: string): Uint8Array<ArrayBuffer> | null {
  if (letters.length !== LETTERS) return null;
  const bytes = new Uint8Array(BYTES);
  let [bits, held, filled] = [0, 0, 0];
  for (const letter of letters) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) return null;
    bits = ((bits << 5) | value) & 0xfff;
    held += 5;
    if (held >= 8) {
      held -= 8;
      bytes[filled++] = (bits >> held) & 0xff;
    }
  }
  // The last letter has bits to spare: only with zeros there is it a code.
  return bits & ((1 << held) - 1) ? null : bytes;
}

function uuid(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** What the code in `text` says; null if it is not one of ours: forged, cut, altered or foreign. */
export async function read(text: string, verify: Verify): Promise<Signed | null> {
  if (!isCode(text)) return null;
  const bytes = decode(text.trim().toUpperCase().slice(PREFIX.length));
  if (!bytes) return null;
  const body = bytes.subarray(0, BODY_BYTES);
  if (!(await verify(bytes.subarray(BODY_BYTES), body)) || body[0] !== FORMAT) return null;
  return { ticketId: uuid(body.subarray(1, 17)), version: new DataView(body.buffer).getUint16(17) };
}
