import Link from 'next/link';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import { cn } from '@/lib/cn';
import type { LedgerLine } from '@/lib/domain/ledger-view';
import { LedgerCause } from './ledger-cause';
import { isReservation, KIND_LABEL } from './ledger-copy';

/** Lines of the ledger, each linked to its cause and to the key that asked. */
export function LedgerTable({ lines }: { lines: readonly LedgerLine[] }) {
  return (
    <Table label="Ledger">
      <thead>
        <tr>
          <Th>What</Th>
          <Th>For</Th>
          <Th className="hidden md:table-cell">Key</Th>
          <Th className="text-right">Credits</Th>
          <Th className="hidden text-right sm:table-cell">When</Th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <Tr key={line.id}>
            <Td className="whitespace-nowrap">
              {KIND_LABEL[line.kind]}
              <span className="block text-meta text-muted sm:hidden">
                <RelativeTime iso={line.createdAt} />
              </span>
            </Td>
            <Td className="w-full max-w-0 min-w-32 truncate">
              <LedgerCause line={line} />
            </Td>
            <Td className="hidden whitespace-nowrap text-muted md:table-cell">
              <KeyCell line={line} />
            </Td>
            <Td
              className={cn(
                'text-right font-medium whitespace-nowrap',
                line.amount > 0 && !isReservation(line.kind) && 'text-success',
              )}
            >
              {amountWords(line)}
            </Td>
            <Td className="hidden text-right whitespace-nowrap text-muted sm:table-cell">
              <RelativeTime iso={line.createdAt} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function KeyCell({ line: { key } }: { line: LedgerLine }) {
  if (key === null) return null;
  return (
    <Link href="/keys" className="rounded-control hover:text-accent hover:underline hover:underline-offset-2">
      {key.name ?? key.id}
    </Link>
  );
}

/** With its sign, and a real minus; what only reserves has none. */
function amountWords({ kind, amount }: LedgerLine): string {
  const digits = Math.abs(amount).toLocaleString('en');
  if (isReservation(kind)) return digits;
  return amount < 0 ? `−${digits}` : `+${digits}`;
}
