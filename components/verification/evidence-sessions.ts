// Groups evidence the way people think of it: lookups, and conversations with a mail server. The catch-all probe runs in the same session
// as the real question, so a change of layer does not start a new group; another address or a new greeting does.
import type { LayerName } from '@/lib/verdict/evidence';
import type { TimedEvidence } from './evidence-times';

export interface EvidenceGroup {
  kind: 'lookup' | 'session';
  /** A session's mail host, and the address we connected to. */
  host: string | null;
  address: string | null;
  items: TimedEvidence[];
  /** Total time of the exchanges made for this check, in milliseconds; null if all of them were remembered. */
  durationMs: number | null;
}

export function groupEvidence(timed: readonly TimedEvidence[]): EvidenceGroup[] {
  const groups: EvidenceGroup[] = [];
  for (const one of timed) {
    const open = groups.at(-1);
    if (open !== undefined && belongsTo(open, one)) add(open, one);
    else groups.push(begin(one));
  }
  return groups;
}

const isLookup = ({ item: { stage } }: TimedEvidence): boolean => stage === 'dns' || stage === 'list' || stage === 'input';

function belongsTo(group: EvidenceGroup, one: TimedEvidence): boolean {
  if (isLookup(one) || group.kind === 'lookup') return isLookup(one) && group.kind === 'lookup';
  return one.item.stage !== 'connect' && one.item.host === group.host && one.item.address === group.address;
}

function begin(one: TimedEvidence): EvidenceGroup {
  const isSession = !isLookup(one);
  const { host, address } = one.item;
  return add(
    {
      kind: isSession ? 'session' : 'lookup',
      host: isSession ? host : null,
      address: isSession ? address : null,
      items: [],
      durationMs: null,
    },
    one,
  );
}

function add(group: EvidenceGroup, one: TimedEvidence): EvidenceGroup {
  group.items.push(one);
  if (!one.item.remembered) group.durationMs = (group.durationMs ?? 0) + one.item.duration_ms;
  return group;
}

/** Whether the group contains an exchange of this layer. */
export const speaksFor = ({ items }: EvidenceGroup, layer: LayerName | null): boolean =>
  items.some(({ item }) => item.layer === layer);
