// The made-up internet of the benchmarks: which domains exist, at which loopback address each has its mail host, and which mailboxes exist.
// Both sides derive it from the name alone, so they exchange nothing.

/**
 * Streams: lines without end, a byte a second, a greeting of a gigabyte. Limits: ten recipients a connection, then `452` for each or `421`
 * and a hang-up; five connections at once. `all` accepts every name.
 */
export const HOST_KINDS = ['well', 'tarpit', 'dropping', 'endless', 'trickle', 'flood', 'full', 'ends', 'five', 'all'] as const;
export type HostKind = (typeof HOST_KINDS)[number];

/** Each domain is its own zone, so that it appears to have its own mail host. */
const ZONE = 'test';
/** The second octet of 127/8 determines how a host behaves. */
const OCTET_OF: Readonly<Record<HostKind, number>> = {
  well: 66,
  tarpit: 67,
  dropping: 68,
  endless: 69,
  trickle: 70,
  flood: 71,
  full: 72,
  ends: 73,
  five: 74,
  all: 75,
};

export const domainOf = (kind: HostKind, index: number): string => `${kind}${String(index)}.${ZONE}`;

/** Every other mailbox exists; nothing else does, so a made-up name is refused. */
export const mailboxOf = (index: number, domain: string): string =>
  `${index % 2 === 0 ? 'user' : 'nobody'}${String(index)}@${domain}`;
export const isMailbox = (localPart: string): boolean => localPart.startsWith('user');

/**
 * The loopback address of the host with this domain's name, or null if there is no such domain. Neighboring domains are in different
 * networks, as the mail hosts of unrelated domains are, because the engine limits how much it asks of one network.
 */
export function addressOf(name: string): string | null {
  const match = /^(?:mx\.)?([a-z]+)(\d+)\.test$/.exec(name);
  const kind = HOST_KINDS.find((each) => each === match?.[1]);
  if (match === null || kind === undefined) return null;
  const index = Number(match[2]);
  const octet = OCTET_OF[kind];
  return `127.${String(octet)}.${String(index & 255)}.${String((index >> 8) + 1)}`;
}

export function kindOf(address: string): HostKind | null {
  const octet = Number(/(?:^|:)127\.(\d+)\.\d+\.\d+$/.exec(address)?.[1] ?? 0);
  return HOST_KINDS.find((kind) => OCTET_OF[kind] === octet) ?? null;
}

/** Goes round the domains, as in an unsorted list; `sorted` gives all addresses of one domain in a row. */
export function* addressesOver(plan: {
  domains: number;
  addresses: number;
  sorted?: boolean;
  first?: number;
}): Generator<string> {
  const { domains, addresses, sorted = false, first = 0 } = plan;
  const each = Math.ceil(addresses / domains);
  for (let i = 0; i < addresses; i++) {
    const domain = first + (sorted ? Math.floor(i / each) : i % domains);
    yield mailboxOf(sorted ? i : Math.floor(i / domains), domainOf('well', domain));
  }
}
