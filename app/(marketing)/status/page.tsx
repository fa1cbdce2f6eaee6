import { ComponentList, StateMark } from '@/components/status/component-list';
import { ProviderTable } from '@/components/status/provider-table';
import { LocalTime } from '@/components/ui/local-time';
import { metadataOf } from '@/content/page';
import { OVERALL, STATUS_PAGE } from '@/content/status';
import { STATUS_PROVIDER_MIN_ADDRESSES, STATUS_SAMPLE_EVERY_S } from '@/lib/platform/limits';
import { getStatus } from '@/lib/status/status';

/** Not a page, so it must not be a client-side link. */
const STATUS_JSON = '/status.json';

export const metadata = metadataOf(STATUS_PAGE);

export default async function StatusPage() {
  const { state, measuredSince, sampledAt, components, providers } = await getStatus();
  return (
    <div className="mx-auto max-w-6xl px-4 py-12 sm:px-6 sm:py-16">
      <h1 className="text-display font-semibold tracking-tight sm:text-hero">Status</h1>
      <div className="mt-8 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-dialog border border-hairline bg-raised p-4 sm:p-6">
        <StateMark state={state} className="size-6" />
        <p className="text-section font-semibold tracking-tight">{OVERALL[state]}</p>
        <p className="text-table text-muted sm:ml-auto">
          {sampledAt === null ? (
            'Not checked yet'
          ) : (
            <>
              Last checked <LocalTime iso={sampledAt} show="both" />
            </>
          )}
        </p>
      </div>
      <section aria-labelledby="components" className="mt-12">
        <h2 id="components" className="text-page font-semibold tracking-tight">
          Components
        </h2>
        <p className="mt-2 mb-6 max-w-3xl text-body text-muted">
          A worker checks each of them every {STATUS_SAMPLE_EVERY_S / 60} minutes.{' '}
          {measuredSince === null ? (
            'The history begins with the first check.'
          ) : (
            <>
              Measured since <LocalTime iso={measuredSince} show="date" />. Gray days have no checks; after that date they count
              as an outage of the workers.
            </>
          )}
        </p>
        <ComponentList components={components} />
      </section>
      <section aria-labelledby="providers" className="mt-12">
        <h2 id="providers" className="text-page font-semibold tracking-tight">
          Mail providers
        </h2>
        <p className="mt-2 mb-6 max-w-3xl text-body text-muted">
          How many of the addresses we asked each provider about got an answer other than “unknown”, over all customers. Shown
          from {STATUS_PROVIDER_MIN_ADDRESSES} addresses on. Remembered answers, test keys and the sandbox don’t count.
        </p>
        {providers.length === 0 ? (
          <p className="rounded-dialog border border-dashed border-hairline p-6 text-body text-muted">
            No provider has been asked about {STATUS_PROVIDER_MIN_ADDRESSES} addresses yet.
          </p>
        ) : (
          <ProviderTable providers={providers} />
        )}
      </section>
      <p className="mt-8 text-table text-muted">
        Also available{' '}
        <a href={STATUS_JSON} className="text-accent underline underline-offset-2">
          as JSON
        </a>
      </p>
    </div>
  );
}
