// How long it takes to find the mail hosts of many domains, all asked for at the same time, and what asking a second time costs. With
// --cold, a process that is busy with other things asks a resolver that has to look up nearly everything first. Run: npm run bench -- dns
// [--domains 1000] [--cold]
import { fork } from 'node:child_process';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { composeDns } from '@/worker/compose';
import type { DnsPort } from '@/worker/engine/ports';
import { machine, round } from './world/machine';
import { domainOf } from './world/names';
import { nextMessage, since, startWorld } from './world/start-world';

const { values } = parseArgs({
  options: { domains: { type: 'string', default: '1000' }, cold: { type: 'boolean', default: false } },
});
const domains = Array.from({ length: Number(values.domains) }, (_, index) => domainOf('well', index));

/** Finds each domain's mail hosts and their addresses, with a bounded number of domains at once; returns how many got none. */
async function askAll(
  dns: DnsPort,
  atOnce = domains.length,
): Promise<{ elapsed_ms: number; cpu_us_a_domain: number; unanswered: number }> {
  const left = domains.values();
  const [startedAt, cpuBefore] = [performance.now(), process.cpuUsage()];
  let unanswered = 0;
  const askOn = async (): Promise<void> => {
    for (const domain of left) {
      const answer = await dns.mx(domain);
      const addresses = answer.kind === 'found' ? await dns.addresses(answer.records[0]?.exchange ?? '') : answer;
      if (addresses.kind !== 'found') unanswered += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, askOn));
  const { user, system } = process.cpuUsage(cpuBefore);
  const cpu_us_a_domain = round((user + system) / domains.length, 1);
  return { elapsed_ms: round(performance.now() - startedAt, 1), cpu_us_a_domain, unanswered };
}

async function fast() {
  const world = await startWorld();
  try {
    const dns = composeDns(world.settings);
    const counted = async () => {
      const before = await world.figures();
      const asked = await askAll(dns);
      return { ...asked, questions: since(before, await world.figures()).dnsQuestions };
    };
    return { cold: await counted(), remembered: await counted() };
  } finally {
    await world.close();
  }
}

const coldFigures = z.object({ server: z.string(), questions: z.int(), dropped: z.int() });
/** As many as `verify --stdin` has under way. */
const AT_ONCE = 1_000;
/** The event loop is blocked most of the time, and now and then for longer. */
const BUSY = { everyMs: 60, forMs: 50, longEvery: 100, longForMs: 2_000 } as const;

async function busyAndCold() {
  const child = fork(new URL('world/serve-cold-resolver.ts', import.meta.url));
  const { server } = coldFigures.parse(await nextMessage(child));
  let turns = 0;
  const busy = setInterval(() => {
    turns += 1;
    const until = performance.now() + (turns % BUSY.longEvery === 0 ? BUSY.longForMs : BUSY.forMs);
    while (performance.now() < until);
  }, BUSY.everyMs);
  try {
    const asked = await askAll(composeDns({ DNS_SERVERS: [server] }), AT_ONCE);
    const figures = nextMessage(child);
    child.send('figures');
    const { questions, dropped } = coldFigures.parse(await figures);
    return { elapsed_ms: asked.elapsed_ms, unanswered: asked.unanswered, questions, dropped };
  } finally {
    clearInterval(busy);
    child.disconnect();
  }
}

const figures = values.cold ? { busyAndCold: await busyAndCold() } : await fast();
console.log(JSON.stringify({ bench: 'dns', machine: machine(), domains: domains.length, ...figures }));
