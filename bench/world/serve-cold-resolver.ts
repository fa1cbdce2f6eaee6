// A recursive resolver, as a separate process, that has to look up most names first. It knows a third of the names; the others take from 50
// ms to 5 s the first time. It works on a bounded number of names at once and drops queries beyond that. How long a name takes follows from
// the name alone, so that two runs ask the same. Started by `dns.ts`; answers each message with its figures.
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { startScriptedDnsServer } from '@/simulators/mail/scripted-dns-server';
import { answerTo } from './dns-server';

/** Names being looked up at once: Unbound's `num-queries-per-thread` when built without libevent. */
const RECURSIONS_MAX = 512;
/** Shares of the names (adding up to 1), with the shortest and longest time that each takes. */
const TIMES = [
  { share: 0.35, fromMs: 0, toMs: 0 },
  { share: 0.35, fromMs: 50, toMs: 300 },
  { share: 0.2, fromMs: 300, toMs: 1_500 },
  { share: 0.07, fromMs: 1_500, toMs: 3_000 },
  { share: 0.03, fromMs: 3_000, toMs: 5_000 },
] as const;

function recursionMs(name: string): number {
  const digest = createHash('md5').update(name).digest();
  let left = digest.readUInt16BE(0) / 0x1_0000;
  const part = digest.readUInt16BE(2) / 0x1_0000;
  for (const { share, fromMs, toMs } of TIMES) {
    if (left < share) return fromMs + part * (toMs - fromMs);
    left -= share;
  }
  return 0;
}

const underWay = new Map<string, Promise<void>>();
const known = new Set<string>();
const tally = { questions: 0, dropped: 0 };

async function recurse(name: string): Promise<void> {
  await sleep(recursionMs(name));
  known.add(name);
  underWay.delete(name);
}

const { server } = await startScriptedDnsServer(async (question) => {
  tally.questions += 1;
  const name = question.name.toLowerCase();
  if (!known.has(name)) {
    if (!underWay.has(name) && underWay.size >= RECURSIONS_MAX) {
      tally.dropped += 1;
      return null;
    }
    const asked = underWay.get(name) ?? recurse(name);
    underWay.set(name, asked);
    await asked;
  }
  return answerTo(question);
});
process.on('message', () => process.send?.({ server, ...tally }));
process.on('disconnect', () => process.exit(0));
process.send?.({ server, ...tally });
