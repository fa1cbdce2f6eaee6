// `npm run test:mta`: real Postfix, Exim, OpenSMTPD, Haraka, postgrey and NSD and a zoo of odd hosts on loopback addresses, and the
// product's verdict on each address of truth.ts, through the command line and through the API with a worker. Fails, never skips, if a
// server cannot be started. Ends what it started, by process id, also on failure, on Ctrl-C and when its time is up. --servers only hold
// the servers against the truth, without the product --cli only the command line --keep keep the scratch folder with the servers' logs,
// which is kept anyway when something failed
import { rmSync } from 'node:fs';
import { type Answer, checkAnswer } from './answer';
import { ApiClient } from './api-client';
import { createUser, type Settings, settingsFor, startProduct, verifyByCli } from './product';
import { proveServers } from './prove-servers';
import { checkTruth } from './check-truth';
import { CONNECTIONS_AN_ADDRESS_MAX, CROWDED_HOSTS, connectionsAt, type Span, tellConnections } from './connections';
import { ONE_IDENTITY, SECOND_IDENTITY } from './identities';
import { Report } from './report';
import { readSettledTraffic } from './server-logs';
import { endAll, freePort } from './servers/running';
import { findPlace, startServers } from './servers/start-all';
import type { Place } from './servers/suite-paths';
import {
  type Truth,
  TRUTH,
  TRUTH_AFTER_WAITING,
  TRUTH_AS_ONE_SENDER,
  TRUTH_OF_THE_API,
  TRUTH_OF_THE_API_AFTER_WAITING,
} from './truth';

const WHOLE_SUITE_MS = 290_000;
const MAX_WAIT_S = 20;
const API_TIMEOUT_MS = 20_000;
/** Shorter than the greylist's delay, so that the call has to return before the answer is final. */
const API_SHORT_TIMEOUT_MS = 2_000;
const CANARY = 'alice@alpha-mail.test';

const has = (option: string): boolean => process.argv.includes(option);
const report = new Report();
/** What else the closing line reports. */
const summary: string[] = [];
const startedAt = Date.now();

async function startAll(place: Place): Promise<void> {
  const servers = await startServers(place);
  console.log(`${servers.map((server) => server.name).join(', ')} answer; mail hosts on port ${place.smtpPort}.`);
}

/** Runs first, because a product that ignores DNS_SERVERS or SMTP_PORT must not be asked about other names. */
async function checkCanary(settings: Settings): Promise<void> {
  const { answers, fault } = await verifyByCli(settings, [CANARY], 0);
  const answer = answers[0];
  if (answer?.reason !== 'mailbox_exists') {
    throw new Error(
      `${CANARY} came back as ${answer?.reason ?? 'nothing'}: the product does not reach the suite's servers. ${fault ?? JSON.stringify(answer?.evidence)}`,
    );
  }
}

/** Returns the answers in the order in which they came. */
async function checkByCli(settings: Settings, truths: readonly Truth[], maxWaitS: number): Promise<readonly Answer[]> {
  const began = Date.now();
  const addresses = truths.map((truth) => truth.address);
  const { answers, fault } = await verifyByCli(settings, addresses, maxWaitS);
  report.check(fault === null, fault ?? '');
  for (const truth of truths) {
    const given = answers.filter((answer) => answer.email === truth.address);
    checkAnswer(report, truth, given);
  }
  report.check(answers.length === truths.length, `${answers.length} lines for ${truths.length} addresses`);
  console.log(`Command line: ${truths.length} addresses in ${((Date.now() - began) / 1_000).toFixed(1)} s.`);
  return answers;
}

/** Where a host's list refuses the first address, RCPT must have been answered to the second one. */
function checkOtherIdentityIsAnswered(answers: readonly Answer[]): void {
  for (const { address } of TRUTH.filter(({ host }) => host === 'postfix/picky' || host === 'exim/picky')) {
    const evidence = answers.find(({ email }) => email === address)?.evidence ?? [];
    const isAnswered = evidence.some(({ stage, identity }) => stage === 'rcpt' && identity === SECOND_IDENTITY.helo);
    report.check(isAnswered, `${address} was not put to its host by ${SECOND_IDENTITY.helo}`);
  }
}

/** The tarpit's addresses are asked long before the crowds' and have to be answered after them. */
function checkTarpitDelaysNobody(answers: readonly Answer[]): void {
  const hostOf = (answer: Answer): string | null => TRUTH.find(({ address }) => address === answer.email)?.host ?? null;
  const hosts = answers.map(hostOf);
  const lastOfCrowds = Math.max(...CROWDED_HOSTS.map((host) => hosts.lastIndexOf(host)));
  report.check(hosts.indexOf('postfix/tarpit') > lastOfCrowds, 'a tarpit held up addresses at other hosts');
}

function checkConnections(span: Span): void {
  tellConnections(span);
  for (const host of CROWDED_HOSTS) {
    const { made, asked, anAddress } = connectionsAt(host, span);
    const isThrifty = asked >= 100 && anAddress <= CONNECTIONS_AN_ADDRESS_MAX;
    report.check(
      isThrifty,
      `${made} connections to ${host} for ${asked} addresses, more than ${CONNECTIONS_AN_ADDRESS_MAX} each`,
    );
    summary.push(`${anAddress.toFixed(3)} connections an address at ${host}`);
  }
}

async function checkByApi(settings: Settings, place: Place): Promise<void> {
  const product = await startProduct(settings, place.dir);
  const client = new ApiClient(settings.APP_URL ?? '', await createUser(settings));
  const ask = async (truth: Truth, timeoutMs: number): Promise<boolean> => {
    try {
      const { answer, wasPending } = await client.verify(truth.address, timeoutMs);
      checkAnswer(report, truth, [answer]);
      return wasPending;
    } catch (error) {
      report.check(false, `${truth.address} through the API: ${String(error)}`);
      return false;
    }
  };
  for (const truth of TRUTH_OF_THE_API) await ask(truth, API_TIMEOUT_MS);
  for (const truth of TRUTH_OF_THE_API_AFTER_WAITING) {
    const wasPending = await ask(truth, API_SHORT_TIMEOUT_MS);
    report.check(wasPending, `${truth.address} was not pending while greylisted`);
  }
  console.log(`API: ${TRUTH_OF_THE_API.length + TRUTH_OF_THE_API_AFTER_WAITING.length} addresses.`);
  await product.stop();
}

async function checkProduct(place: Place): Promise<void> {
  const settings = settingsFor(place, await freePort());
  await checkCanary(settings);
  const before = await readSettledTraffic(place.dir);
  const answers = await checkByCli(settings, TRUTH, 0);
  checkTarpitDelaysNobody(answers);
  checkOtherIdentityIsAnswered(answers);
  checkConnections({ before, after: await readSettledTraffic(place.dir) });
  await checkByCli({ ...settings, SENDING_IDENTITIES: ONE_IDENTITY }, TRUTH_AS_ONE_SENDER, 0);
  await checkByCli(settings, TRUTH_AFTER_WAITING, MAX_WAIT_S);
  if (!has('--cli')) await checkByApi(settings, place);
  const traffic = await readSettledTraffic(place.dir);
  report.check(traffic.open === 0, `${traffic.open} SMTP sessions never ended`);
  summary.push(`${traffic.forbidden.length} DATA, BDAT, VRFY, EXPN or breaches of the protocol`);
  report.check(
    traffic.forbidden.length === 0,
    `the servers saw what must never be sent:\n${traffic.forbidden.slice(0, 10).join('\n')}`,
  );
}

async function runSuite(place: Place): Promise<void> {
  try {
    checkTruth(report);
    await startAll(place);
    await (has('--servers') ? proveServers(report, place) : checkProduct(place));
  } catch (error) {
    report.check(false, error instanceof Error ? error.message : String(error));
  } finally {
    await endAll();
  }
}

function finish(place: Place): never {
  const isRight = report.close(
    [...summary, `${((Date.now() - startedAt) / 1_000).toFixed(0)} s`].map((part) => `; ${part}`).join(''),
  );
  if (has('--keep') || !isRight) console.error(`The servers' logs: ${place.dir}`);
  else rmSync(place.dir, { recursive: true, force: true });
  process.exit(isRight ? 0 : 1);
}

async function main(): Promise<void> {
  const place = await findPlace();
  const giveUp = (why: string): void => {
    report.check(false, why);
    void endAll().finally(() => finish(place));
  };
  process.once('SIGINT', () => giveUp('interrupted'));
  process.once('SIGTERM', () => giveUp('terminated'));
  setTimeout(() => giveUp(`not done after ${WHOLE_SUITE_MS / 1_000} s`), WHOLE_SUITE_MS).unref();
  await runSuite(place);
  finish(place);
}

await main();
