import { providerLabel } from '@/content/status';
import { formatCount } from '@/lib/platform/numbers';
import type { ProviderDay, ProviderView } from '@/lib/status/rules';
import { HistoryBar, type HistoryDay } from './history-bar';
import { shareWords } from './share-words';

/** Below the first a day is fair, below the second it is bad. */
const GOOD_SHARE = 0.9;
const FAIR_SHARE = 0.5;

export function ProviderTable({ providers }: { providers: readonly ProviderView[] }) {
  return (
    <div className="overflow-hidden rounded-dialog border border-hairline">
      <table className="w-full text-left text-body">
        <caption className="sr-only">Addresses that got an answer, by mail provider</caption>
        <thead className="bg-raised text-table text-muted">
          <tr>
            <th scope="col" className="px-4 py-2.5 font-medium sm:px-6">
              Provider
            </th>
            <th scope="col" className="px-4 py-2.5 text-right font-medium">
              Addresses
            </th>
            <th scope="col" className="px-4 py-2.5 text-right font-medium">
              Answered
            </th>
            <th scope="col" className="w-2/5 px-4 py-2.5 font-medium max-sm:hidden sm:px-6">
              Last 90 days
            </th>
          </tr>
        </thead>
        <tbody>
          {providers.map(({ provider, asked, share, days }) => (
            <tr key={provider} className="border-t border-hairline">
              <th scope="row" className="px-4 py-3 font-medium sm:px-6">
                {providerLabel(provider)}
              </th>
              <td className="px-4 py-3 text-right tabular-nums">{formatCount(asked)}</td>
              <td className="px-4 py-3 text-right tabular-nums">{share === null ? '–' : shareWords(share)}</td>
              <td className="px-4 py-3 max-sm:hidden sm:px-6">
                <HistoryBar
                  days={days.map(historyDay)}
                  label={`${providerLabel(provider)}: answered on ${days.filter((day) => day.share !== null).length} days`}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function historyDay({ day, asked, share }: ProviderDay): HistoryDay {
  if (share === null) return { day, tone: 'none', words: asked === 0 ? 'nobody asked' : 'too few to tell' };
  const tone = share >= GOOD_SHARE ? 'good' : share >= FAIR_SHARE ? 'fair' : 'bad';
  return { day, tone, words: `${shareWords(share)} of ${formatCount(asked)} answered` };
}
