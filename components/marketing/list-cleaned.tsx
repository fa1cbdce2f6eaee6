import { VerdictBar } from '@/components/lists/verdict-bar';
import { CheckList } from '@/components/ui/check-list';
import { Table, Td, Th } from '@/components/ui/table';
import { REASON_COPY, STATUS_LABEL } from '@/components/verification/reason-sentence';
import { StatusIcon } from '@/components/verification/status-icon';
import { VerdictBadge } from '@/components/verification/verdict-badge';
import { creditsFor } from '@/lib/credits/rules/ledger';
import { formatCount } from '@/lib/platform/numbers';
import { SANDBOX_CATALOGUE } from '@/lib/verdict/sandbox-catalog';
import { FINAL_STATUSES, type FinalStatus } from '@/lib/verdict/verdict';
import { WindowFrame } from './window-frame';

const ROWS = SANDBOX_CATALOGUE.flatMap(({ tries }) => tries);
const COUNTS: Record<FinalStatus, number> = { deliverable: 0, risky: 0, unknown: 0, undeliverable: 0 };
for (const { expected } of ROWS) COUNTS[expected.status] += 1;
const CREDITS = ROWS.reduce((sum, { expected }) => sum + creditsFor(expected.reason), 0);

/** One address of each kind, in an order that shows the differences. */
const SHOWN = [
  'alice@deliverable.',
  'nobody@deliverable.',
  'alice@catch-all.',
  'alice@greylist.',
  'alice@blocking.',
  'alice@full.',
  'alice@no-mx.',
].flatMap((start) => ROWS.find(({ email }) => email.startsWith(start)) ?? []);

const PROMISES = [
  'You see the most it can cost before it starts. Duplicates and dead domains are free.',
  'Your columns come back untouched and in order, with the verdict beside them.',
  'When a server says “later”, we ask again at the time it names. You see how many rows wait, and until when.',
  'Export the rows you can send to, or any other selection, as CSV, Excel or JSON Lines.',
];

/** A list after its run: the sandbox's addresses, whose verdicts are covered by tests. */
export function ListCleaned() {
  return (
    <div className="grid items-center gap-10 lg:grid-cols-[2fr_3fr] lg:gap-12">
      <CheckList items={PROMISES} className="gap-5 text-lead" />
      <WindowFrame
        title="sandbox.csv"
        note={`${formatCount(ROWS.length)} rows · ${formatCount(CREDITS)} credits`}
        caption={`The ${ROWS.length} addresses of our test mail servers, with their real verdicts. Unknown and catch-all rows are free.`}
      >
        <div className="border-b border-hairline px-4 py-4 sm:px-5">
          <VerdictBar counts={COUNTS} total={ROWS.length} className="fill-in" />
          <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-table text-muted">
            {FINAL_STATUSES.map((status) => (
              <li key={status} className="flex items-center gap-1.5">
                <StatusIcon status={status} className="size-3.5" />
                {STATUS_LABEL[status]} <span className="font-medium text-fg tabular-nums">{COUNTS[status]}</span>
              </li>
            ))}
          </ul>
        </div>
        <Rows />
      </WindowFrame>
    </div>
  );
}

function Rows() {
  return (
    <Table label="Seven rows of the list">
      <thead>
        <tr>
          <Th>Address</Th>
          <Th>Verdict</Th>
          <Th className="text-right max-sm:hidden">Credits</Th>
        </tr>
      </thead>
      <tbody className="land-rows">
        {SHOWN.map(({ email, expected: { status, reason } }) => (
          <tr key={email} className="border-b border-hairline last:border-b-0">
            <Td className="font-mono text-meta wrap-anywhere sm:text-table sm:whitespace-nowrap">
              <Address email={email} />
            </Td>
            <Td>
              <span className="flex items-center gap-x-2.5 gap-y-0.5 max-sm:flex-col max-sm:items-start">
                <VerdictBadge status={status} />
                <span className="text-table text-muted max-sm:text-meta">{REASON_COPY[reason].label}</span>
              </span>
            </Td>
            <Td className="text-right tabular-nums max-sm:hidden">
              {creditsFor(reason) === 0 ? <span className="text-muted">free</span> : creditsFor(reason)}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** If the address has to break, it breaks after the @. */
function Address({ email }: { email: string }) {
  const domainAt = email.indexOf('@') + 1;
  return (
    <>
      {email.slice(0, domainAt)}
      <wbr className="sm:hidden" />
      {email.slice(domainAt)}
    </>
  );
}
