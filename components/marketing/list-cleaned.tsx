import { Check } from 'lucide-react';
import { VerdictBar } from '@/components/lists/verdict-bar';
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

/** One of each kind, in an order that shows the difference. */
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
  'You see the most it can cost before it starts. Duplicates and dead domains are left out of the price.',
  'Your columns come back as they were and in order, with the verdict beside them.',
  'Rows that a server puts off are tried again at the time it names. The list says how many, and until when.',
  'Export the rows you can send to, or any other part, as CSV, Excel or JSON lines.',
];

/** A list after its run: the sandbox's catalog, whose verdicts the tests hold. */
export function ListCleaned() {
  return (
    <div className="grid items-start gap-10 lg:grid-cols-[2fr_3fr] lg:gap-16">
      <ul className="flex flex-col gap-5 lg:pt-2">
        {PROMISES.map((promise) => (
          <li key={promise} className="flex gap-3 text-lead">
            <Check aria-hidden="true" className="mt-1 size-4 shrink-0 text-accent" />
            {promise}
          </li>
        ))}
      </ul>
      <WindowFrame
        title="sandbox.csv"
        note={`${formatCount(ROWS.length)} rows · ${formatCount(CREDITS)} credits`}
        caption={`The sandbox’s ${ROWS.length} addresses with the verdicts they get. Unknown and catch-all rows cost nothing.`}
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
    <table className="w-full text-left text-table">
      <caption className="sr-only">Seven rows of the list</caption>
      <thead className="text-muted">
        <tr>
          <th scope="col" className="px-4 py-2 font-medium sm:px-5">
            Address
          </th>
          <th scope="col" className="px-2 py-2 font-medium">
            Verdict
          </th>
          <th scope="col" className="px-4 py-2 text-right font-medium max-sm:hidden sm:px-5">
            Credits
          </th>
        </tr>
      </thead>
      <tbody className="land-rows">
        {SHOWN.map(({ email, expected: { status, reason } }) => (
          <tr key={email} className="border-t border-hairline">
            <td className="px-4 py-2.5 font-mono text-meta wrap-anywhere sm:px-5 sm:text-table">
              <Address email={email} />
            </td>
            <td className="px-2 py-2.5">
              <VerdictBadge status={status} />
              <span className="mt-0.5 block text-meta text-muted">{REASON_COPY[reason].label}</span>
            </td>
            <td className="px-4 py-2.5 text-right tabular-nums max-sm:hidden sm:px-5">
              {creditsFor(reason) === 0 ? <span className="text-muted">free</span> : creditsFor(reason)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Where it has to break, it breaks behind the @. */
function Address({ email }: { email: string }) {
  const domainAt = email.indexOf('@') + 1;
  return (
    <>
      {email.slice(0, domainAt)}
      <wbr />
      {email.slice(domainAt)}
    </>
  );
}
