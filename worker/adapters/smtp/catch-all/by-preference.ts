// What a made-up name says of a mailbox where they were told at mail hosts of different preference. A backup keeps mail for a better host that
// could not be had, and most take every name then: its yes to a made-up name says nothing of the domain, and a no of the better host nothing
// of its yes to a mailbox. Promises that what is left open that way is told as the better host's trouble, so that it is asked again.
import { backupsAmong } from '../places';
import { isPositive, moreTelling, type Exchange } from '../exchange';
import type { MailHost } from '@/lib/verdict/mail-host';
import type { CatchAllOutcome } from '@/worker/engine/ports';
import type { CatchAllFound } from './found';

/** It said that the domain is not its own: the backup is all that there is. */
const DISOWNED: readonly string[] = ['domain_not_hosted', 'relay_denied'];
type Undecided = Extract<CatchAllOutcome, { kind: 'undecided' }>;

/** Accepted as `exchange`, after what was noted. */
export function sharedPlace(
  found: CatchAllFound,
  { exchange, noted, hosts }: { exchange: Exchange; noted: readonly Exchange[]; hosts: readonly MailHost[] },
): CatchAllFound {
  const { outcome } = found;
  const backups = backupsAmong(hosts);
  // A provider's hosts of any preference are one.
  if (backups === null || exchange.party.provider !== null) return found;
  const isAtBackup = backups.has(exchange.party.host);
  const isFar =
    outcome.kind === 'accepts_all'
      ? backups.has(outcome.host)
      : isAtBackup && (outcome.kind === 'refuses_others' || (outcome.kind === 'refuses_unknown' && !backups.has(outcome.host)));
  if (!isFar) return found;
  const meaning = troubleOf(noted.filter(({ party }) => !backups.has(party.host)));
  return DISOWNED.includes(meaning) ? found : { ...found, outcome: { kind: 'undecided', meaning }, isOfBackup: true };
}

function troubleOf(noted: readonly Exchange[]): Undecided['meaning'] {
  const came = noted.filter((each) => !isPositive(each)).reduce<Exchange | null>(moreTelling, null)?.came;
  if (came === undefined) return 'connect_failed';
  return came.kind === 'reply' ? came.meaning : came.failure;
}
