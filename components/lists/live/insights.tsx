import Link from 'next/link';
import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { ChartFigure } from '@/components/ui/charts/chart-figure';
import { cn } from '@/components/ui/cn';
import { STATUS_LABEL } from '@/components/verification/reason-sentence';
import { VERDICT_SERIES } from '@/components/verification/verdict-series';
import { type BounceBand, type ListInsights, NO_PROVIDER, type ProviderCount } from '@/lib/lists/rules/view';
import { FINAL_STATUSES } from '@/lib/verdict/verdict';
import { formatCount } from '@/lib/platform/numbers';
import { providerLabel } from '@/lib/verdict/provider-names';

interface InsightsProps {
  listId: string;
  insights: ListInsights;
  /** Whether the rows still exist, so that numbers can link to them. */
  hasRows: boolean;
}

/** What the list shows as a whole: its providers, domains that accept no mail, and the expected bounces. */
export function Insights({ listId, insights, hasRows }: InsightsProps) {
  const { providers, otherProviders, deadDomains, bounce } = insights;
  if (providers.length === 0) return null;
  return (
    <div className={cn('grid gap-4', hasRows ? 'lg:grid-cols-3' : 'lg:grid-cols-2')}>
      <Card title="By provider">
        <ChartFigure
          name="Verdicts by mail provider."
          heading="Provider"
          layout="rows"
          height={44 + providers.length * PROVIDER_ROW_PX}
          hasLegend={false}
          series={VERDICT_SERIES}
          data={providers.map(({ provider, counts }) => ({ key: provider, label: nameOf(provider), values: counts }))}
          unit={{ one: 'address', many: 'addresses' }}
          table={
            <ul className="mt-3 flex flex-col gap-2">
              {providers.map((provider) => (
                <Provider key={provider.provider} listId={listId} of={provider} hasRows={hasRows} />
              ))}
            </ul>
          }
        />
        {otherProviders.providers > 0 && (
          <p className="mt-3 text-table text-muted">
            {formatCount(otherProviders.rows)} at {formatCount(otherProviders.providers)} other{' '}
            {otherProviders.providers === 1 ? 'provider' : 'providers'}
          </p>
        )}
      </Card>
      {hasRows && <DeadDomains listId={listId} domains={deadDomains} />}
      <Card title="Expected bounces" description="Estimated from the scores in this list.">
        <Band title="If you mail every address" band={bounce.all} />
        <Band title="If you mail only the ones marked “send”" band={bounce.send} />
        <p className="mt-4 text-table text-muted">
          The range covers chance and addresses without a score: none of those bounce at the low end, all of them at the high end.
        </p>
      </Card>
    </div>
  );
}

const PROVIDER_ROW_PX = 28;
const nameOf = (provider: string): string => (provider === '' ? 'Unrecognized provider' : providerLabel(provider));

/** The chart's values in words, linked to the rows. */
function Provider({ listId, of, hasRows }: { listId: string; of: ProviderCount; hasRows: boolean }) {
  return (
    <li className="text-table">
      <div className="flex items-baseline justify-between gap-3">
        <RowsLink listId={listId} query={`provider=${of.provider === '' ? NO_PROVIDER : of.provider}`} hasRows={hasRows}>
          {nameOf(of.provider)}
        </RowsLink>
        <span className="shrink-0 text-muted tabular-nums">{formatCount(of.rows)}</span>
      </div>
      <p className="text-meta text-muted tabular-nums">{words(of)}</p>
    </li>
  );
}

const words = ({ counts }: ProviderCount): string =>
  FINAL_STATUSES.filter((status) => counts[status] > 0)
    .map((status) => `${formatCount(counts[status])} ${STATUS_LABEL[status].toLowerCase()}`)
    .join(', ');

interface RowsLinkProps {
  listId: string;
  query: string;
  hasRows: boolean;
  children: ReactNode;
}

function RowsLink({ listId, query, hasRows, children }: RowsLinkProps) {
  if (!hasRows) return <span className="min-w-0 truncate">{children}</span>;
  return (
    <Link
      href={`/lists/${listId}?${query}#results`}
      className="min-w-0 truncate rounded-control hover:text-accent hover:underline hover:underline-offset-2"
    >
      {children}
    </Link>
  );
}

function DeadDomains({ listId, domains }: { listId: string; domains: ListInsights['deadDomains'] }) {
  return (
    <Card title="Domains that take no mail" description="They don’t exist, or have no mail server.">
      {domains.length === 0 ? (
        <p className="text-table text-muted">None in this list.</p>
      ) : (
        <ul className="flex flex-col gap-2 text-table">
          {domains.map(({ domain, rows }) => (
            <li key={domain} className="flex items-baseline justify-between gap-3">
              <RowsLink listId={listId} query={`q=${encodeURIComponent(`@${domain}`)}`} hasRows>
                <span className="font-mono" title={domain}>
                  {domain}
                </span>
              </RowsLink>
              <span className="shrink-0 text-muted tabular-nums">{formatCount(rows)}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

const percent = (share: number): string => {
  const value = share * 100;
  return value > 0 && value < 10 ? value.toFixed(1) : String(Math.round(value));
};

function Band({ title, band }: { title: string; band: BounceBand | null }) {
  return (
    <div className="mt-4 first:mt-0">
      <p className="text-table text-muted">{title}</p>
      {band === null ? (
        <p className="text-body">Not enough scores yet</p>
      ) : (
        <p className="text-section font-semibold tabular-nums">
          {percent(band.low)}–{percent(band.high)}%
          <span className="ml-2 text-table font-normal text-muted">
            of {formatCount(band.addresses)}
            {band.unscored > 0 && `, ${formatCount(band.unscored)} without a score`}
          </span>
        </p>
      )}
    </div>
  );
}
