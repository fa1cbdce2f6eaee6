// `npm run test:mta`: real Postfix, Exim, postgrey and NSD on loopback addresses, and the product's verdict on each address of
// truth.ts through the command line and through the API with a worker. Fails, never skips, when a server cannot be started.
// Ends what it started, by process id, also on failure, on Ctrl-C and when its time is up.
//   --servers   only hold the servers against the truth, without the product
//   --cli       only the command line
//   --keep      keep the scratch folder with the servers' logs, which is kept anyway when something failed
import { rmSync } from 'node:fs';
import { checkAnswer } from './answer';
import { ApiClient } from './api-client';
import { createUser, type Settings, settingsFor, startProduct, verifyByCli } from './product';
import { proveServers } from './prove-servers';
import { Report } from './report';
import { readSettledTraffic, type Traffic } from './server-logs';
import { startDns } from './servers/dns';
import { startExim } from './servers/exim';
import { readInstalled } from './servers/installed';
import { startPostfix } from './servers/postfix';
import { startPostgrey } from './servers/postgrey';
import { endAll, freePort } from './servers/running';
import { makeScratchFolder, type Place, WORK_DIR } from './servers/suite-paths';
import {
  MAIL_HOSTS,
  type MailHostName,
  type Truth,
  TRUTH,
  TRUTH_AFTER_WAITING,
  TRUTH_OF_THE_API,
  TRUTH_OF_THE_API_AFTER_WAITING,
} from './truth';

const WHOLE_SUITE_MS = 235_000;
const MAX_WAIT_S = 20;
const API_TIMEOUT_MS = 20_000;
/** Shorter than the greylist's delay, so that the call has to end before the answer is final. */
const API_SHORT_TIMEOUT_MS = 2_000;
const CANARY = 'alice@alpha-mail.test';

const has = (option: string): boolean => process.argv.includes(option);
const report = new Report();

async function startServers(place: Place): Promise<void> {
  const installed = readInstalled(WORK_DIR);
  const servers = [
    await startDns(place),
    await startPostgrey(place),
    await startPostfix(place, installed),
    await startExim(place, installed),
  ];
  console.log(`${servers.map((server) => server.name).join(', ')} answer; mail hosts on port ${place.smtpPort}.`);
}

/** Before anything else: a product that ignores DNS_SERVERS or SMTP_PORT must not be let loose on other names. */
async function checkCanary(settings: Settings): Promise<void> {
  const { answers, fault } = await verifyByCli(settings, [CANARY], 0);
  const answer = answers[0];
  if (answer?.reason !== 'mailbox_exists') {
    throw new Error(
      `${CANARY} came back as ${answer?.reason ?? 'nothing'}: the product does not reach the suite's servers. ${fault ?? JSON.stringify(answer?.evidence)}`,
    );
  }
}

async function checkByCli(settings: Settings, truths: readonly Truth[], maxWaitS: number): Promise<void> {
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

function printConnections(before: Traffic, after: Traffic): void {
  console.log('Connections in the first run, by mail host (addresses, connections, connections an address, ended without QUIT):');
  for (const host of Object.keys(MAIL_HOSTS).filter((name): name is MailHostName => name in MAIL_HOSTS)) {
    const asked = TRUTH.filter((truth) => truth.host === host).length;
    const made = (after.connections.get(host) ?? 0) - (before.connections.get(host) ?? 0);
    const abandoned = (after.abandoned.get(host) ?? 0) - (before.abandoned.get(host) ?? 0);
    if (host !== 'nobody') console.log(`  ${host.padEnd(16)} ${asked} ${made} ${(made / asked).toFixed(2)} ${abandoned}`);
  }
}

async function checkProduct(place: Place): Promise<void> {
  const settings = settingsFor(place, await freePort());
  await checkCanary(settings);
  const before = await readSettledTraffic(place.dir);
  await checkByCli(settings, TRUTH, 0);
  printConnections(before, await readSettledTraffic(place.dir));
  await checkByCli(settings, TRUTH_AFTER_WAITING, MAX_WAIT_S);
  if (!has('--cli')) await checkByApi(settings, place);
  const traffic = await readSettledTraffic(place.dir);
  report.check(traffic.open === 0, `${traffic.open} SMTP sessions never ended`);
  report.check(
    traffic.forbidden.length === 0,
    `the servers saw what must never be sent:\n${traffic.forbidden.slice(0, 10).join('\n')}`,
  );
}

async function runSuite(place: Place): Promise<void> {
  try {
    await startServers(place);
    await (has('--servers') ? proveServers(report, place) : checkProduct(place));
  } catch (error) {
    report.check(false, error instanceof Error ? error.message : String(error));
  } finally {
    await endAll();
  }
}

function finish(place: Place): never {
  const isRight = report.close();
  if (has('--keep') || !isRight) console.error(`The servers' logs: ${place.dir}`);
  else rmSync(place.dir, { recursive: true, force: true });
  process.exit(isRight ? 0 : 1);
}

async function main(): Promise<void> {
  const place = {
    dir: makeScratchFolder(),
    smtpPort: await freePort(),
    dnsPort: await freePort(),
    greylistPort: await freePort(),
  };
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
