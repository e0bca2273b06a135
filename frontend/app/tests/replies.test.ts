import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { DoorQuestion } from '../src/door/answer';
import { answersTo, isComplete, shown } from '../src/door/replies';

function question(id: string, kind: DoorQuestion['kind'], more: Partial<DoorQuestion> = {}): DoorQuestion {
  return { id, kind, label: id, helpText: '', choices: [], least: null, most: null, isRequired: true, showIf: null, ...more };
}

const MEAL = question('meal', 'YES_NO');
const DISH = question('dish', 'CHOICES', { showIf: { questionId: 'meal', values: ['true'] } });
const NOTE = question('note', 'SHORT_TEXT', { isRequired: false });
const AGE = question('age', 'NUMBER', { isRequired: false });
const PHOTO = question('photo', 'CONSENT');

test('a question shows when the one that decides was answered so', () => {
  assert.deepEqual(shown([MEAL, DISH], {}), [MEAL]);
  assert.deepEqual(shown([MEAL, DISH], { meal: false }), [MEAL]);
  assert.deepEqual(shown([MEAL, DISH], { meal: true }), [MEAL, DISH]);
  assert.deepEqual(shown([DISH], {}), [DISH]);
});

test('what shows and is required must be answered', () => {
  assert.equal(isComplete([MEAL, DISH, NOTE], { meal: false }), true);
  assert.equal(isComplete([MEAL, DISH, NOTE], { meal: true, dish: [] }), false);
  assert.equal(isComplete([PHOTO], { photo: false }), false);
  assert.equal(isComplete([PHOTO], { photo: true }), true);
});

test('each answer goes by its kind, and a hidden one stays away', () => {
  const replies = { meal: false, dish: ['fish'], note: ' Ngồi gần cửa ', age: '2,5' };
  assert.deepEqual(answersTo([MEAL, DISH, NOTE, AGE], replies), [
    { questionId: 'meal', boolean: false },
    { questionId: 'note', text: 'Ngồi gần cửa' },
    { questionId: 'age', number: 2.5 },
  ]);
});
