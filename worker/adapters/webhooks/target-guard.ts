// Where a webhook may go: public addresses, and those in the operator's allowed nets (WEBHOOK_ALLOWED_PRIVATE_NETS). Plain http only
// to allowed nets that are not public, and anywhere in local mode. Judged by the addresses that will be dialled, never by a name.
import { createRoutability } from '../routability/routability';

export interface TargetGuard {
  isDialable(address: string): boolean;
  isPlainAllowed(addresses: readonly string[]): boolean;
}

export function createTargetGuard({ allowedNets, isLocal }: { allowedNets: readonly string[]; isLocal: boolean }): TargetGuard {
  const everybody = createRoutability([]);
  const ours = createRoutability(allowedNets);
  return {
    isDialable: (address) => ours.isDialable(address),
    isPlainAllowed: (addresses) =>
      isLocal || addresses.every((address) => ours.isDialable(address) && !everybody.isDialable(address)),
  };
}
