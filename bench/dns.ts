// How long the mail hosts of many domains take when all are asked for at the same time, and what a second asking costs.
// Run: npm run bench -- dns [--domains 1000]
import { parseArgs } from 'node:util';
import { createDnsPort } from '@/worker/adapters/dns/port';
import { machine, round } from './world/machine';
import { domainOf } from './world/names';
import { since, startWorld } from './world/start-world';

const { values } = parseArgs({ options: { domains: { type: 'string', default: '1000' } } });
const domains = Array.from({ length: Number(values.domains) }, (_, index) => domainOf('well', index));
const world = await startWorld();
try {
  const dns = createDnsPort({ servers: world.settings.DNS_SERVERS, timeoutMs: 2_500, tries: 2 });
  const askAll = async () => {
    const before = await world.figures();
    const startedAt = performance.now();
    const found = await Promise.all(
      domains.map(async (domain) => {
        const answer = await dns.mx(domain);
        const addresses = answer.kind === 'found' ? await dns.addresses(answer.records[0]?.exchange ?? '') : answer;
        return addresses.kind === 'found';
      }),
    );
    const elapsedMs = performance.now() - startedAt;
    const { dnsQuestions } = since(before, await world.figures());
    return { elapsed_ms: round(elapsedMs, 1), questions: dnsQuestions, unanswered: found.filter((isFound) => !isFound).length };
  };
  const [cold, remembered] = [await askAll(), await askAll()];
  console.log(JSON.stringify({ bench: 'dns', machine: machine(), domains: domains.length, cold, remembered }));
} finally {
  await world.close();
}
