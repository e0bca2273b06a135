// The phone's decision, held to the table that the server's is held to.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { decide, type Case, type Verdict } from '../src/door/decision';

interface Row extends Case {
  name: string;
  /** `first`: the place of the visit in `visits`. */
  expected: Omit<Verdict, 'first'> & { first: number | null };
}

const CASES = process.env.DOOR_CASES ?? '../tests/events/door_cases.json';
const cases = JSON.parse(readFileSync(CASES, 'utf8')) as Row[];

for (const { name, expected, ...asked } of cases) {
  test(name, () => {
    const { first, ...verdict } = decide(asked);
    const place = first ? asked.visits.indexOf(first) : null;
    assert.deepEqual({ ...verdict, first: place }, expected);
  });
}
