import { ChevronDown, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import { cn } from '@/components/ui/cn';
import type { LedgerLine } from '@/lib/credits/rules/ledger';
import { formatCount } from '@/lib/platform/numbers';
import { LedgerCause } from './ledger-cause';
import { isReservation, kindLabel } from './ledger-copy';

/** The unfolded line of a list, with the charges that it sums up. */
export interface Unfolded {
  holdId: string;
  charges: readonly LedgerLine[];
  /** Cursors: to older charges, and back to the newest. */
  older: string | null;
  newest: string | null;
}

interface LedgerTableProps {
  lines: readonly LedgerLine[];
  unfolded?: Unfolded | null;
  /** The page's URL with the line of this hold unfolded, or with none. */
  hrefOf?: (holdId: string | null) => string;
}

/** The first column on a phone, the second elsewhere. */
const CAUSE_PADDING = 'max-sm:pl-4';
const TEXT_LINK = 'rounded-control hover:text-accent hover:underline hover:underline-offset-2';

/** Lines of the ledger, each with the balance after it and links to its cause and to the key that asked. */
export function LedgerTable({ lines, unfolded = null, hrefOf }: LedgerTableProps) {
  return (
    <Table label="Ledger">
      <thead>
        <tr>
          <Th className="hidden sm:table-cell">What</Th>
          <Th className={CAUSE_PADDING}>For</Th>
          <Th className="hidden lg:table-cell">Key</Th>
          <Th className="text-right">Credits</Th>
          <Th className="hidden text-right sm:table-cell">Balance</Th>
          <Th className="hidden text-right sm:table-cell">When</Th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => {
          const isOpen = line.folded !== null && unfolded?.holdId === line.folded.holdId;
          return [<Line key={line.id} line={line} isOpen={isOpen} hrefOf={hrefOf} />, ...(isOpen ? chargesOf(unfolded) : [])];
        })}
      </tbody>
    </Table>
  );
}

interface LineProps {
  line: LedgerLine;
  isOpen: boolean;
  hrefOf: LedgerTableProps['hrefOf'];
}

function Line({ line, isOpen, hrefOf }: LineProps) {
  const { kind, amount, createdAt } = line;
  const what = <What line={line} isOpen={isOpen} hrefOf={hrefOf} />;
  return (
    <Tr>
      <Td className="hidden whitespace-nowrap sm:table-cell">{what}</Td>
      <Td className={cn('w-full max-w-0 min-w-24 truncate', CAUSE_PADDING)}>
        <LedgerCause line={line} />
        <PhoneMeta what={what} at={createdAt} />
      </Td>
      <Td className="hidden whitespace-nowrap text-muted lg:table-cell">
        <KeyCell line={line} />
      </Td>
      <Td className={cn('text-right font-medium whitespace-nowrap', amount > 0 && !isReservation(kind) && 'text-success')}>
        {amountWords(line)}
        <PhoneBalance line={line} />
      </Td>
      <BalanceAndTime line={line} />
    </Tr>
  );
}

/** What moved the credits. The charges of a list unfold. */
function What({ line, isOpen, hrefOf }: LineProps) {
  const { folded, cause } = line;
  if (folded === null || folded.charges <= 1 || hrefOf === undefined) return kindLabel(line);
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <Link
      href={hrefOf(isOpen ? null : folded.holdId)}
      scroll={false}
      aria-expanded={isOpen}
      aria-label={`${formatCount(folded.charges)} charges of ${cause.label ?? 'a list'}`}
      className={cn('-ml-1 inline-flex items-center gap-0.5', TEXT_LINK)}
    >
      <Chevron aria-hidden="true" className="size-4" />
      {formatCount(folded.charges)} charges
    </Link>
  );
}

function chargesOf({ holdId, charges, older, newest }: Unfolded) {
  const more = older !== null || newest !== null;
  return [
    ...charges.map((charge) => (
      <Tr key={`${holdId} ${charge.id}`} className="bg-raised text-muted">
        <Td className="hidden pl-9! whitespace-nowrap sm:table-cell">Charge</Td>
        <Td className="pl-8! sm:pl-4!">
          <PhoneMeta what="Charge" at={charge.createdAt} />
        </Td>
        <Td className="hidden lg:table-cell" />
        <Td className="text-right whitespace-nowrap">
          {amountWords(charge)}
          <PhoneBalance line={charge} />
        </Td>
        <BalanceAndTime line={charge} />
      </Tr>
    )),
    ...(more
      ? [
          <Tr key={`${holdId} more`} className="bg-raised">
            <Td colSpan={6} className="pl-8! sm:pl-9!">
              <span className="flex gap-4">
                {newest !== null && <MoreLink href={newest} label="Newest charges" />}
                {older !== null && <MoreLink href={older} label="Older charges" />}
              </span>
            </Td>
          </Tr>,
        ]
      : []),
  ];
}

const MoreLink = ({ href, label }: { href: string; label: string }) => (
  <Link href={href} scroll={false} className="rounded-control text-accent underline-offset-2 hover:underline">
    {label}
  </Link>
);

/** On a phone, what moved and when stand below what it was for. */
const PhoneMeta = ({ what, at }: { what: ReactNode; at: string }) => (
  <span className="flex items-center gap-1 text-meta text-muted sm:hidden">
    {what} <span aria-hidden="true">·</span> <RelativeTime iso={at} />
  </span>
);

const PhoneBalance = ({ line: { balanceAfter } }: { line: LedgerLine }) =>
  balanceAfter !== null && (
    <span className="block text-meta font-normal text-muted sm:hidden">{formatCount(balanceAfter)} left</span>
  );

const BalanceAndTime = ({ line: { balanceAfter, createdAt } }: { line: LedgerLine }) => (
  <>
    <Td className="hidden text-right whitespace-nowrap text-muted sm:table-cell">
      {balanceAfter === null ? '–' : formatCount(balanceAfter)}
    </Td>
    <Td className="hidden text-right whitespace-nowrap text-muted sm:table-cell">
      <RelativeTime iso={createdAt} />
    </Td>
  </>
);

function KeyCell({ line: { key } }: { line: LedgerLine }) {
  if (key === null) return null;
  return (
    <Link href="/keys" className={TEXT_LINK}>
      {key.name ?? key.id}
    </Link>
  );
}

/** The amount with its sign, using a real minus. Lines that only reserve credits have no sign. */
function amountWords({ kind, amount }: LedgerLine): string {
  const digits = formatCount(Math.abs(amount));
  if (isReservation(kind)) return digits;
  return amount < 0 ? `−${digits}` : `+${digits}`;
}
