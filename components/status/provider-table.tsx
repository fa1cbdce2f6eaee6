import { providerLabel } from '@/lib/verdict/provider-names';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import { formatCount } from '@/lib/platform/numbers';
import type { ProviderDay, ProviderView } from '@/lib/status/rules';
import { HistoryBar, type HistoryDay } from './history-bar';
import { shareWords } from './share-words';

/** Below the first share a day is fair, below the second it is bad. */
const GOOD_SHARE = 0.9;
const FAIR_SHARE = 0.5;

export function ProviderTable({ providers }: { providers: readonly ProviderView[] }) {
  return (
    <div className="overflow-hidden rounded-dialog border border-hairline">
      <Table label="Addresses that got an answer, by mail provider">
        <thead className="bg-raised">
          <tr>
            <Th>Provider</Th>
            <Th className="text-right">Addresses</Th>
            <Th className="text-right">Answered</Th>
            <Th className="w-2/5 max-sm:hidden">Last 90 days</Th>
          </tr>
        </thead>
        <tbody>
          {providers.map(({ provider, asked, share, days }) => (
            <Tr key={provider}>
              <th scope="row" className="h-11 px-4 text-body font-medium sm:px-5">
                {providerLabel(provider)}
              </th>
              <Td className="text-right text-body tabular-nums">{formatCount(asked)}</Td>
              <Td className="text-right text-body tabular-nums">{share === null ? '–' : shareWords(share)}</Td>
              <Td className="max-sm:hidden">
                <HistoryBar
                  days={days.map(historyDay)}
                  label={`${providerLabel(provider)}: answered on ${days.filter((day) => day.share !== null).length} days`}
                />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function historyDay({ day, asked, share }: ProviderDay): HistoryDay {
  if (share === null) return { day, tone: 'none', words: asked === 0 ? 'nobody asked' : 'too few to tell' };
  const tone = share >= GOOD_SHARE ? 'good' : share >= FAIR_SHARE ? 'fair' : 'bad';
  return { day, tone, words: `${shareWords(share)} of ${formatCount(asked)} answered` };
}
