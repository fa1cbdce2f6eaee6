// Checks the truth itself: enough addresses, no address twice in a run, and each with a reason that a reader can follow.
import type { Report } from './report';
import { type Truth, TRUTH, TRUTH_AFTER_WAITING, TRUTH_AS_ONE_SENDER } from './truth';

const ADDRESSES_MIN = 300;
const WHY_MIN_LETTERS = 4;

export function checkTruth(report: Report): void {
  report.check(TRUTH.length >= ADDRESSES_MIN, `only ${TRUTH.length} addresses in the first run`);
  for (const run of [TRUTH, TRUTH_AS_ONE_SENDER, TRUTH_AFTER_WAITING]) {
    const twice = addressesTwiceIn(run);
    report.check(twice.length === 0, `in one run twice: ${twice.join(', ')}`);
    const unexplained = run.filter(({ why }) => why.length < WHY_MIN_LETTERS).map(({ address }) => address);
    report.check(unexplained.length === 0, `without a reason: ${unexplained.join(', ')}`);
  }
}

function addressesTwiceIn(run: readonly Truth[]): readonly string[] {
  const addresses = run.map(({ address }) => address);
  return addresses.filter((address, index) => addresses.indexOf(address) !== index);
}
