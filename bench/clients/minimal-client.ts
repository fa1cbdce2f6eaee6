// The machine's ceiling: the least a client can do to ask the same questions. It uses sockets and pipelined groups of the same size over
// the same number of sessions, counts replies and looks only at their first digit. It does no DNS lookups and keeps no answers.
import { connect, type Socket } from 'node:net';
import { addressOf, addressesOver, domainOf, isMailbox } from '../world/names';
import { asClient } from './as-client';
import { WARM_UP_DOMAIN, type Plan } from './plan';

const HELO = 'EHLO probe.bench.test\r\n';
const ALIVE = '\n250 ENHANCEDSTATUSCODES\r\n';

await asClient(async (plan) => {
  const { addresses, domains, sorted, warmUp } = plan;
  const few = Math.max(1, Math.ceil((warmUp * domains) / addresses));
  return {
    warmUp: async () => {
      if (warmUp > 0)
        await askAll(plan, [...addressesOver({ domains: few, addresses: warmUp, first: WARM_UP_DOMAIN })], {
          few,
          first: WARM_UP_DOMAIN,
        });
    },
    run: () => askAll(plan, [...addressesOver({ domains, addresses, sorted })], { few: domains, first: 0 }),
    close: () => Promise.resolve(),
  };
});

async function askAll(plan: Plan, emails: readonly string[], over: { few: number; first: number }): Promise<number> {
  const byDomain = new Map<string, string[]>();
  for (const email of emails) {
    const domain = email.slice(email.indexOf('@') + 1);
    const asked = byDomain.get(domain);
    if (asked === undefined) byDomain.set(domain, [email]);
    else asked.push(email);
  }
  const sessions = Array.from({ length: over.few }, (_, index) => domainOf('well', over.first + index)).flatMap((domain) => {
    const asked = byDomain.get(domain) ?? [];
    const share = Math.ceil(asked.length / plan.sessionsADomain);
    return Array.from({ length: plan.sessionsADomain }, (_, part) => ({
      domain,
      asked: asked.slice(part * share, (part + 1) * share),
    }));
  });
  const wrong = await Promise.all(sessions.map(({ domain, asked }) => askSession(plan, domain, asked)));
  return wrong.reduce((sum, each) => sum + each, 0);
}

/** One session: greeting, EHLO, groups, QUIT. Resolves with the number of replies that were not the expected ones. */
function askSession({ settings, groupSize }: Plan, domain: string, emails: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: addressOf(domain) ?? '', port: settings.SMTP_PORT, noDelay: true });
    const state = { phase: 'greeting', at: 0, wrong: 0, rest: '' };
    socket.setEncoding('latin1').on('error', reject);
    socket.on('close', () => resolve(state.wrong));
    let group: readonly string[] = [];
    let owed = 0;
    const nextGroup = (): void => {
      group = emails.slice(state.at, state.at + groupSize);
      state.at += groupSize;
      if (group.length === 0) return void socket.end('QUIT\r\n');
      owed = sendGroup(socket, group, state.at > groupSize);
    };
    socket.on('data', (chunk: string) => {
      if (state.phase === 'greeting') {
        state.phase = 'hello';
        return void socket.write(HELO);
      }
      if (state.phase === 'hello') {
        if (!`\n${chunk}`.endsWith(ALIVE)) return;
        state.phase = 'groups';
        return nextGroup();
      }
      const text = state.rest + chunk;
      const end = text.lastIndexOf('\n') + 1;
      state.rest = text.slice(end);
      for (let from = 0; from < end; from = text.indexOf('\n', from) + 1) {
        const email = group[group.length - owed];
        owed -= 1;
        if (email !== undefined && text.startsWith('2', from) !== isMailbox(email)) state.wrong += 1;
      }
      if (owed === 0) nextGroup();
    });
  });
}

/** Returns how many replies the server owes for the group. */
function sendGroup(socket: Socket, group: readonly string[], isLater: boolean): number {
  const start = isLater ? 'RSET\r\nMAIL FROM:<>\r\n' : 'MAIL FROM:<>\r\n';
  socket.write(`${start}RCPT TO:<${group.join('>\r\nRCPT TO:<')}>\r\n`);
  return group.length + (isLater ? 2 : 1);
}
