import Link from 'next/link';
import { healthLabel } from '@/components/operator/health-state-badge';
import { HealthFilters } from '@/components/operator/health-filters';
import { HealthTable } from '@/components/operator/health-table';
import { StateGuide } from '@/components/operator/state-guide';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Tabs } from '@/components/ui/tabs';
import { HEALTH_STATES, type HealthPage } from '@/lib/operator/rules';
import { listIdentityHealth } from '@/lib/operator/operator';
import { formatCount } from '@/lib/platform/numbers';
import { operatorPath, type OperatorSearch } from './operator-search';

/** The health of each sending identity at each provider, worst first. */
export async function HealthSection({ search }: { search: OperatorSearch }) {
  const page = await listIdentityHealth(search);
  return (
    <>
      <Card
        title="Sending identities by provider"
        description="How providers treat our sending addresses, over all workers, worst first."
        padded={false}
      >
        {page.identities.length === 0 ? (
          <EmptyState
            title="No host has been asked yet"
            description="The first check that reaches a mail host writes the first row."
          />
        ) : (
          <Rows page={page} search={search} />
        )}
      </Card>
      <Pages search={search} nextCursor={page.nextCursor} />
    </>
  );
}

function Rows({ page, search }: { page: HealthPage; search: OperatorSearch }) {
  const { identity = '', provider = '', state = '' } = search;
  return (
    <>
      <div className="flex flex-col gap-3 px-4 pb-3 sm:px-5">
        <StateGuide />
        <HealthFilters
          key={operatorPath({ ...search, cursor: undefined })}
          {...{ identity, provider, state }}
          identities={page.identities}
        />
      </div>
      <Tabs label="State" items={tabsOf(page, search)} />
      {page.items.length === 0 ? (
        <EmptyState title="Nothing matches" description="No identity at any provider fits these filters." />
      ) : (
        <HealthTable items={page.items} />
      )}
    </>
  );
}

function tabsOf({ counts }: HealthPage, search: OperatorSearch) {
  const all = HEALTH_STATES.reduce((sum, state) => sum + counts[state], 0);
  const tab = (state: OperatorSearch['state'], label: string, count: number) => ({
    href: operatorPath({ ...search, state, cursor: undefined }),
    label: `${label} ${formatCount(count)}`,
    isCurrent: search.state === state,
  });
  return [tab(undefined, 'All', all), ...HEALTH_STATES.map((state) => tab(state, healthLabel(state), counts[state]))];
}

const Pages = ({ search, nextCursor }: { search: OperatorSearch; nextCursor: string | null }) =>
  (search.cursor !== undefined || nextCursor !== null) && (
    <nav aria-label="Pages" className="flex justify-between">
      <span>{search.cursor !== undefined && <PageLink label="First page" search={{ ...search, cursor: undefined }} />}</span>
      {nextCursor !== null && <PageLink label="Next page" search={{ ...search, cursor: nextCursor }} />}
    </nav>
  );

const PageLink = ({ label, search }: { label: string; search: OperatorSearch }) => (
  <Button asChild variant="secondary" size="sm">
    <Link href={operatorPath(search)}>{label}</Link>
  </Button>
);
