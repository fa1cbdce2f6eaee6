// Grades catch-all answers by what their workspace knows: its reports about mail to the address and to others at its domain, the names it
// knows to exist there, and how the name itself is written. Nothing is learned from another workspace. The number of database queries does
// not grow with the number of addresses. A mailbox whose mail bounced is not a name known to exist. Test keys and visitors know nothing,
// so their callers grade by the name alone.
import { env } from '@/lib/platform/env';
import type { Scope } from '@/lib/platform/scope';
import { type Address, parseAddress } from '@/lib/verdict/address';
import { type Graded, type GradeEvidence, gradeOf } from '@/lib/verdict/grade';
import { type AddressToGrade, gradeByName, looksOf, type NameShape, readName, shapeToLearn } from '@/lib/verdict/name-shape';
import { addressKeyOf, domainKeyOf } from './feedback';
import {
  type KnownName,
  listKnownNames,
  listOutcomesOfAddresses,
  listOutcomesOfDomains,
  type ReportedOutcome,
} from './store/grade-facts';

/** One grade for each address, in the given order. */
export async function gradeAddresses(scope: Scope, given: readonly AddressToGrade[]): Promise<Graded[]> {
  const asked = given.flatMap(({ email }) => {
    const parsed = parseAddress(email);
    return parsed.ok ? [parsed.address] : [];
  });
  if (asked.length === 0) return given.map(gradeByName);
  const known = await whatIsKnown(scope, asked);
  return given.map((one) => {
    const parsed = parseAddress(one.email);
    return parsed.ok ? gradeOf(evidenceOf(parsed.address, one.isRole, known)) : gradeByName(one);
  });
}

/** What one mailbox of a domain tells about the others. */
interface Known {
  shape: NameShape | null;
  exists: boolean;
  outcome: GradeEvidence['address'];
}

interface WhatIsKnown {
  /** Outcomes by address. */
  outcomes: ReadonlyMap<string, GradeEvidence['address']>;
  /** Mailboxes by domain, then by address. */
  domains: ReadonlyMap<string, ReadonlyMap<string, Known>>;
  keyOf: (address: Address) => string;
}

const keysOf = (scope: Scope) => {
  // In local mode, a worker that was started on its own has no secret, so it can't find what was reported.
  const hasSecret = env().AUTH_SECRET !== undefined;
  return {
    address: (address: Address): string =>
      hasSecret ? addressKeyOf(scope, { canonical: address.canonical, email: address.normalized }) : address.canonical,
    domain: (domain: string): string => (hasSecret ? domainKeyOf(scope, domain) : domain),
  };
};

async function whatIsKnown(scope: Scope, addresses: readonly Address[]): Promise<WhatIsKnown> {
  const keys = keysOf(scope);
  const domains = [...new Map(addresses.map(({ domain, domainUnicode }) => [domain, domainUnicode]))];
  const domainOfKey = new Map(domains.map(([domain]) => [keys.domain(domain), domain]));
  const [names, ofDomains, ofAddresses] = await Promise.all([
    listKnownNames(
      scope,
      domains.map(([ascii, unicode]) => ({ ascii, unicode })),
    ),
    listOutcomesOfDomains(scope, [...domainOfKey.keys()]),
    listOutcomesOfAddresses(scope, [...new Set(addresses.map(keys.address))]),
  ]);
  const byDomain = new Map(domains.map(([domain]) => [domain, new Map<string, Known>()]));
  for (const outcome of ofDomains) addOutcome(byDomain.get(domainOfKey.get(outcome.domainKey) ?? ''), outcome);
  for (const name of names) addName(byDomain.get(name.domain), name, keys.address);
  const outcomes = new Map(ofAddresses.map(({ addressKey, outcome }) => [addressKey, wordOf(outcome)]));
  return { outcomes, domains: byDomain, keyOf: keys.address };
}

/** Mail that leads to a complaint was delivered first. */
const wordOf = (outcome: string): 'delivered' | 'bounced' => (outcome === 'hard_bounce' ? 'bounced' : 'delivered');

function addOutcome(known: Map<string, Known> | undefined, { addressKey, outcome, nameShape }: ReportedOutcome): void {
  // Outcomes come newest first, and the last reported one counts.
  if (known === undefined || known.has(addressKey)) return;
  const word = wordOf(outcome);
  known.set(addressKey, { shape: nameShape, exists: word === 'delivered', outcome: word });
}

function addName(known: Map<string, Known> | undefined, { email }: KnownName, keyOf: WhatIsKnown['keyOf']): void {
  const parsed = parseAddress(email);
  if (known === undefined || !parsed.ok) return;
  const key = keyOf(parsed.address);
  if (!known.has(key)) known.set(key, { shape: shapeToLearn(parsed.address.localPart), exists: true, outcome: null });
}

function evidenceOf(address: Address, isRole: boolean, { outcomes, domains, keyOf }: WhatIsKnown): GradeEvidence {
  const own = keyOf(address);
  const others = [...(domains.get(address.domain) ?? [])].flatMap(([key, known]) => (key === own ? [] : [known]));
  const count = (is: (known: Known) => boolean): number => others.filter(is).length;
  const shape = isRole ? null : readName(address.localPart).shape;
  return {
    address: outcomes.get(own) ?? null,
    domain: {
      delivered: count(({ outcome }) => outcome === 'delivered'),
      bounced: count(({ outcome }) => outcome === 'bounced'),
    },
    names: {
      alike: shape === null ? 0 : count((known) => known.exists && known.shape === shape),
      otherwise: shape === null ? 0 : count((known) => known.exists && known.shape !== null && known.shape !== shape),
    },
    looks: looksOf(address, isRole),
  };
}
