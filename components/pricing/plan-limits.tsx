import { Card } from '@/components/ui/card';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import { bytesWords } from '@/lib/lists/rules/storage';
import { PAID_PLANS, PLANS, type PlanId } from '@/lib/accounts/rules/plans';
import { formatCount } from '@/lib/platform/numbers';

const COLUMNS: readonly PlanId[] = ['free', ...PAID_PLANS];
type Plan = (typeof PLANS)[PlanId];

const ROWS: readonly { label: string; read: (plan: Plan) => string }[] = [
  { label: 'Credits a month', read: ({ creditsAMonth }) => formatCount(creditsAMonth) },
  { label: 'API checks per second', read: ({ verifyingCalls }) => formatCount(verifyingCalls.aSecond) },
  { label: 'API checks in a burst', read: ({ verifyingCalls }) => formatCount(verifyingCalls.burst) },
  { label: 'Free answers a day', read: ({ freeAnswersADay }) => formatCount(freeAnswersADay) },
  { label: 'Lists kept', read: ({ keeps }) => formatCount(keeps.lists) },
  { label: 'Rows kept', read: ({ keeps }) => formatCount(keeps.rows) },
  { label: 'Storage for lists', read: ({ keeps }) => bytesWords(keeps.bytes) },
  { label: 'Unstarted lists kept for', read: ({ unstartedListDays }) => `${unstartedListDays} days` },
];

/** The limits of all plans side by side. */
export function PlanLimits() {
  return (
    <Card padded={false}>
      <Table label="Limits of the plans">
        <thead>
          <tr>
            <Th>
              <span className="sr-only">Limit</span>
            </Th>
            {COLUMNS.map((plan) => (
              <Th key={plan} className="text-right">
                {PLANS[plan].name}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ROWS.map(({ label, read }) => (
            <Tr key={label}>
              <th scope="row" className="px-4 py-2 font-normal whitespace-nowrap sm:px-5">
                {label}
              </th>
              {COLUMNS.map((plan) => (
                <Td key={plan} className="text-right whitespace-nowrap tabular-nums">
                  {read(PLANS[plan])}
                </Td>
              ))}
            </Tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
