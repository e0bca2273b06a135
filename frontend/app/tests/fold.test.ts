import assert from 'node:assert/strict';
import { test } from 'node:test';

import { fold, spoken } from '../src/tickets/fold';

test('accents are optional', () => {
  assert.equal(fold('  Đổi  mới '), 'doi moi');
  assert.equal(fold('Nguyễn Văn Đức'), 'nguyen van duc');
  assert.equal(fold('Cà phê Khởi nghiệp'), 'ca phe khoi nghiep');
});

test('a number is its letters and digits', () => {
  assert.equal(spoken('cafe 047 0931-6'), 'CAFE04709316');
  assert.equal(spoken('CAFE 047 0931 · 6'), 'CAFE04709316');
});
