// The zone `sandbox.test` as data, and an authoritative server's answer to a question about it. Pure. Guarantees: NXDOMAIN only for names
// with nothing at or below them (RFC 8020), a SOA with every negative answer (RFC 2308), and REFUSED for every name outside the zone.
import { SANDBOX_BEHAVIOURS, SANDBOX_ZONE, sandboxDomain, type SandboxBehavior } from '@/lib/verdict/sandbox-catalog';
import type { Answer, Question } from 'dns-packet';
import type { DomainPlan, MailHostPlan } from './domain-plans';

export const RCODE = { noError: 0, formErr: 1, servFail: 2, nxDomain: 3, notImp: 4, refused: 5 } as const;

export interface ZoneAnswer {
  rcode: number;
  answers: Answer[];
  authorities: Answer[];
}

export type Zone = (question: Question) => ZoneAnswer;

export interface ZoneHost {
  plan: MailHostPlan;
  address: string;
}

const TTL_S = 60;
const NAME_SERVER = `ns1.${SANDBOX_ZONE}`;
/** 192.0.2.0/24 (TEST-NET-1): the name server's published address. Actual queries go to loopback. */
const NAME_SERVER_ADDRESS = '192.0.2.53';

const SOA: Answer = {
  type: 'SOA',
  name: SANDBOX_ZONE,
  ttl: TTL_S,
  data: {
    mname: NAME_SERVER,
    rname: `hostmaster.${SANDBOX_ZONE}`,
    serial: 2026112301,
    refresh: 3_600,
    retry: 600,
    expire: 86_400,
    minimum: TTL_S,
  },
};

export function createZone(plans: Record<SandboxBehavior, DomainPlan>, hosts: readonly ZoneHost[]): Zone {
  const records = recordsOf(plans, hosts);
  const broken = SANDBOX_BEHAVIOURS.filter((behavior) => plans[behavior].kind === 'servfail').map(sandboxDomain);
  return ({ name: asked, type }) => {
    const name = asked.toLowerCase();
    if (!isWithin(name, SANDBOX_ZONE)) return { rcode: RCODE.refused, answers: [], authorities: [] };
    if (broken.some((domain) => isWithin(name, domain))) return { rcode: RCODE.servFail, answers: [], authorities: [] };
    const here = records.get(name);
    const exists = here !== undefined || [...records.keys()].some((known) => known.endsWith(`.${name}`));
    const answers = (here ?? []).filter((record) => record.type === type);
    return { rcode: exists ? RCODE.noError : RCODE.nxDomain, answers, authorities: answers.length === 0 ? [SOA] : [] };
  };
}

const isWithin = (name: string, zone: string): boolean => name === zone || name.endsWith(`.${zone}`);

function recordsOf(plans: Record<SandboxBehavior, DomainPlan>, hosts: readonly ZoneHost[]): Map<string, Answer[]> {
  const records = new Map<string, Answer[]>([
    [SANDBOX_ZONE, [SOA, { type: 'NS', name: SANDBOX_ZONE, ttl: TTL_S, data: NAME_SERVER }]],
    [NAME_SERVER, [a(NAME_SERVER, NAME_SERVER_ADDRESS)]],
  ]);
  for (const behavior of SANDBOX_BEHAVIOURS) {
    const plan = plans[behavior];
    if (plan.kind !== 'absent') records.set(sandboxDomain(behavior), mailRecords(sandboxDomain(behavior), plan));
  }
  for (const { plan, address } of hosts) records.set(plan.name, [...(records.get(plan.name) ?? []), a(plan.name, address)]);
  return records;
}

function mailRecords(domain: string, plan: DomainPlan): Answer[] {
  if (plan.kind === 'null_mx') return [mx(domain, 0, '.')];
  if (plan.kind === 'mx') return plan.hosts.map(({ name }, i) => mx(domain, (i + 1) * 10, name));
  return [];
}

const a = (name: string, address: string): Answer => ({ type: 'A', name, ttl: TTL_S, data: address });
const mx = (name: string, preference: number, exchange: string): Answer => ({
  type: 'MX',
  name,
  ttl: TTL_S,
  data: { preference, exchange },
});
