// The figures that the site prints are those that were measured and written down, and the truth they were measured on is the committed one.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { TRUTH } from '@/tests/mta/truth';
import { ACCURACY, CONNECTIONS, REPLIES_READ, shareOfKnowable, SITUATIONS } from './accuracy';

/** The page writes a share without the space that the document has before its %. */
const written = readFileSync('docs/measurements.md', 'utf8').replaceAll(/\s+/g, ' ').replaceAll(' %', '%');
const { first, second, third } = REPLIES_READ;
const { addresses, knowable, unknowable, ours, naive } = ACCURACY;

it.each([
  `${addresses} addresses on real Postfix, Exim, OpenSMTPD and Haraka`,
  `${knowable} of which somebody outside can know`,
  `| right, of the knowable | **${ours.right} of ${knowable}** | ${naive.right} (${shareOfKnowable(naive.right)}) |`,
  `| unknown, of the knowable | ${ours.unknown} | ${naive.unknown} (${shareOfKnowable(naive.unknown)}) |`,
  `| living mailboxes called undeliverable | ${ours.livingCalledDead} | ${naive.livingCalledDead} |`,
  `| answered where nobody can know, of ${unknowable} | ${ours.answeredUnknowable} | ${naive.answeredUnknowable} |`,
  `| connections an address | ${ours.connectionsAnAddress} | ${naive.connectionsAnAddress} |`,
  'Three runs on an idle and three on a busy machine',
  `replies of ${first.servers} gateways, panels, providers and servers of other countries, the half nobody had read | ${first.replies} | ${first.recall} | ${first.ambiguous} | ${first.readAsAboutTheMailbox} |`,
  `natural replies of ${second.servers} servers, gateways and logs, in the mix they send, the half nobody had read | ${second.replies} | ${second.recall} | ${second.ambiguous} | ${second.readAsAboutTheMailbox} |`,
  `rare replies of ${third.servers} servers, gateways and logs, the half nobody had read | ${third.replies} | ${third.recall} | ${third.ambiguous} | ${third.readAsAboutTheMailbox} |`,
  `Postfix ${CONNECTIONS.postfix}, Exim ${CONNECTIONS.exim} `,
  `| ${SITUATIONS} situations in which a host does not simply answer`,
])('“%s” stands in docs/measurements.md', (line) => {
  // The page is long: the name of the test says what is missing.
  expect(written.includes(line)).toBe(true);
});

it('what can be known and what cannot make up the addresses', () => {
  expect(knowable + unknowable).toBe(addresses);
  expect(Math.max(ours.right + ours.unknown, naive.right + naive.unknown)).toBeLessThanOrEqual(knowable);
});

it('the committed truth has as many addresses as the page says', () => {
  expect(TRUTH).toHaveLength(addresses);
});
