import { Meter } from '@/components/ui/meter';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import type { IdentityHealthView } from '@/lib/operator/rules';
import { formatCount } from '@/lib/platform/numbers';
import { HealthStateBadge } from './health-state-badge';
import { ordinal } from './ordinal';
import { percent } from './percent';

/** One row for each identity at each provider. On narrow screens the columns move below the name. */
export function HealthTable({ items }: { items: readonly IdentityHealthView[] }) {
  return (
    <Table label="Sending identities by provider">
      <thead>
        <tr>
          <Th>Provider and identity</Th>
          <Th className="hidden sm:table-cell">State</Th>
          <Th className="hidden sm:table-cell">Pace</Th>
          <Th className="hidden md:table-cell">Answers and refusals</Th>
          <Th className="hidden lg:table-cell">Last refusal of us</Th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <HealthRow key={`${item.identity} ${item.provider}`} item={item} />
        ))}
      </tbody>
    </Table>
  );
}

function HealthRow({ item }: { item: IdentityHealthView }) {
  return (
    <Tr>
      <Td className="w-full max-w-0 min-w-48 py-2.5 align-top lg:w-[30%] lg:min-w-66">
        <div className="flex items-start justify-between gap-3">
          <p className="min-w-0 font-medium break-words">{item.provider}</p>
          <div className="shrink-0 sm:hidden">
            <HealthStateBadge state={item.state} />
          </div>
        </div>
        <p className="font-mono text-meta break-words text-muted">{item.identity}</p>
        <div className="text-meta text-muted lg:hidden">
          <p className="sm:hidden">
            <Since item={item} />
          </p>
          <p className="sm:hidden">at {percent(item.pace)} of the full pace</p>
          <p className="tabular-nums md:hidden">
            {inWindow(item)} · <Share item={item} />
          </p>
          {item.lastRefusal !== null && (
            <div className="mt-1">
              <LastRefusal words={item.lastRefusal} at={item.lastRefusalAt} />
            </div>
          )}
        </div>
      </Td>
      <Td className="hidden min-w-38 py-2.5 align-top sm:table-cell">
        <HealthStateBadge state={item.state} />
        <p className="mt-0.5 text-meta text-muted">
          <Since item={item} />
        </p>
      </Td>
      <Td className="hidden py-2.5 align-top sm:table-cell">
        <Pace pace={item.pace} />
      </Td>
      <Td className="hidden py-2.5 align-top whitespace-nowrap md:table-cell">
        <p>{inWindow(item)}</p>
        <p className="text-meta text-muted">
          <Share item={item} />
        </p>
      </Td>
      <Td className="hidden w-[28%] max-w-0 min-w-48 py-2.5 align-top lg:table-cell">
        {item.lastRefusal === null ? (
          <span className="text-muted">None</span>
        ) : (
          <LastRefusal words={item.lastRefusal} at={item.lastRefusalAt} />
        )}
      </Td>
    </Tr>
  );
}

function Since({ item: { state, restsUntil, slowedAt, rests } }: { item: IdentityHealthView }) {
  if (restsUntil !== null) {
    return (
      <>
        {state === 'resting' ? 'ends' : 'rest ended'} <RelativeTime iso={restsUntil} />
        {rests > 1 && (
          <>
            , <span className="sm:block">{ordinal(rests)} rest in a row</span>
          </>
        )}
      </>
    );
  }
  if (state === 'slowed' && slowedAt !== null) {
    return (
      <>
        since <RelativeTime iso={slowedAt} />
      </>
    );
  }
  return rests > 0 ? <>after {rests === 1 ? 'a rest' : `${rests} rests in a row`}</> : null;
}

const Pace = ({ pace }: { pace: number }) => (
  <div className="flex items-center gap-2">
    <Meter share={pace} className="w-12" />
    <span className="whitespace-nowrap">{percent(pace)}</span>
  </div>
);

const inWindow = ({ answered, refused }: IdentityHealthView): string =>
  `${formatCount(answered)} answered, ${formatCount(refused)} refused`;

/** The share of refusals in everything that was asked: answers plus refusals of us. */
function Share({ item: { answered, refused, windowAt } }: { item: IdentityHealthView }) {
  return (
    <>
      {refused > 0 && `${percent(refused / (answered + refused))} refused `}since <RelativeTime iso={windowAt} />
    </>
  );
}

/** What a server said when it last refused us. A blocklist's address is often at the end, so the text can be unfolded in full. */
function LastRefusal({ words, at }: { words: string; at: string | null }) {
  return (
    <>
      <details className="group">
        <summary className="list-none rounded-control font-mono text-meta break-words text-fg">
          <span className="line-clamp-2 group-open:line-clamp-none">{words}</span>
        </summary>
      </details>
      {at !== null && (
        <p className="text-meta text-muted">
          <RelativeTime iso={at} />
        </p>
      )}
    </>
  );
}
