// How much of a target domain's hour one workspace may use, given what all have used and who is waiting for more. Max-min fair:
// whoever wants little gets it, the rest is divided equally among those who want more, and nobody gets more than half, since
// others may come. Single checks have a reserve on top, of which each workspace may use half of what the others have left. Pure.
import { DOMAIN_PROBES, DOMAIN_SHARE_MOST } from '@/lib/platform/limits';

export interface DomainUse {
  workspaceId: string;
  /** Used this hour, from the shared pool and from the reserve. */
  shared: number;
  reserved: number;
  /** Asked for more than it got: this hour, or last hour without having come back for it yet. */
  isWaiting: boolean;
}

/** The part of the shared pool that `workspaceId` may use this hour in total. */
export function fairShare(uses: readonly DomainUse[], workspaceId: string): number {
  const others = uses.filter((use) => use.workspaceId !== workspaceId);
  const content = others.filter(({ isWaiting }) => !isWaiting);
  const hungry = others.filter(({ isWaiting }) => isWaiting).map(({ shared }) => shared);
  let rest = DOMAIN_PROBES.shared - content.reduce((sum, { shared }) => sum + shared, 0);
  let sharers = hungry.length + 1;
  // What was used can't be taken back: workspaces above an equal part keep it, and the others divide the rest.
  for (const used of hungry.toSorted((a, b) => b - a)) {
    if (used <= rest / sharers) break;
    rest -= used;
    sharers -= 1;
  }
  return Math.max(0, Math.min(Math.floor(rest / sharers), Math.floor(DOMAIN_PROBES.shared * DOMAIN_SHARE_MOST)));
}

/** The part of the reserve that single checks of `workspaceId` may use this hour in total. */
export function reserveOf(uses: readonly DomainUse[], workspaceId: string): number {
  const byOthers = uses.reduce((sum, use) => sum + (use.workspaceId === workspaceId ? 0 : use.reserved), 0);
  return Math.max(0, Math.floor((DOMAIN_PROBES.reserve - byOthers) * DOMAIN_SHARE_MOST));
}
