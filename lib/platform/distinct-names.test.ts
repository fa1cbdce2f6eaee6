import { expect, test } from 'vitest';
import { distinctNames } from './csv';

test.each([
  { names: ['ev_status', 'ev_reason'], taken: ['email'], distinct: ['ev_status', 'ev_reason'] },
  { names: ['ev_status'], taken: ['EV_Status', 'ev_status_2'], distinct: ['ev_status_3'] },
  { names: ['a', 'a', 'A', 'a_2'], taken: [], distinct: ['a', 'a_2', 'A_3', 'a_2_2'] },
  { names: ['', ''], taken: [], distinct: ['', '_2'] },
])('$names beside $taken are $distinct', ({ names, taken, distinct }) => {
  expect(distinctNames(names, taken)).toEqual(distinct);
});
