// Codes signed by the server (SIGNED_CODES, written by tests/frontend/test_app_rules.py) and what was done to them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { verifyAsync } from '@noble/ed25519';

import { read } from '../src/tickets/code';
import { verifier, type Verify } from '../src/tickets/signature';

interface Signed {
  publicKey: string;
  codes: { code: string; ticketId: string; version: number }[];
  refused: string[];
}

const given = process.env.SIGNED_CODES;
const nothing: Signed = { publicKey: '', codes: [], refused: [] };
const { publicKey, codes, refused } = given ? (JSON.parse(readFileSync(given, 'utf8')) as Signed) : nothing;

const key = Uint8Array.from(Buffer.from(publicKey, 'base64'));
const WAYS: [string, () => Promise<Verify>][] = [
  ['by the phone itself', () => verifier(publicKey)],
  ['by our own means', async () => (signature, body) => verifyAsync(signature, body, key, { zip215: false })],
];

for (const [way, made] of given ? WAYS : []) {
  test(`${codes.length} true codes are read ${way}`, async () => {
    const verify = await made();
    for (const { code, ...said } of codes) assert.deepEqual(await read(code, verify), said);
    for (const { code, ...said } of codes) assert.deepEqual(await read(` ${code.toLowerCase()}\n`, verify), said);
  });
  test(`${refused.length} others are not, ${way}`, async () => {
    const verify = await made();
    for (const code of refused) assert.equal(await read(code, verify), null, code);
  });
}
