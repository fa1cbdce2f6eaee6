import Link from 'next/link';
import type { ReactNode } from 'react';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import { gradedReasonLabel } from '@/components/verification/reason-sentence';
import { VerdictBadge } from '@/components/verification/verdict-badge';
import type { VerificationSummary } from '@/lib/verdict/verification';
import { SOURCE_LABEL } from './source-label';

export function VerificationTable({ items, label }: { items: readonly VerificationSummary[]; label: string }) {
  return (
    <Table label={label}>
      <thead>
        <tr>
          <Th>Address</Th>
          <Th className="hidden sm:table-cell">Verdict</Th>
          <Th className="hidden md:table-cell">Reason</Th>
          <Th className="hidden lg:table-cell">Source</Th>
          <Th className="hidden text-right lg:table-cell">Credits</Th>
          <Th className="hidden text-right sm:table-cell">When</Th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <VerificationRow key={item.id} item={item} />
        ))}
      </tbody>
    </Table>
  );
}

function VerificationRow({ item }: { item: VerificationSummary }) {
  const reason = gradedReasonLabel(item);
  return (
    <Tr>
      <Td className="w-full max-w-0 sm:min-w-40">
        <Link
          href={`/verifications/${item.id}`}
          data-row-link
          title={item.email}
          className="block rounded-control font-mono wrap-anywhere hover:text-accent hover:underline hover:underline-offset-2 sm:truncate"
        >
          {item.email}
        </Link>
        <span className="hidden truncate text-meta text-muted sm:block md:hidden">{reason}</span>
        <PhoneVerdict verdict={<VerdictBadge status={item.status} />}>
          {reason} · <RelativeTime iso={item.createdAt} />
        </PhoneVerdict>
      </Td>
      <Td className="hidden sm:table-cell">
        <VerdictBadge status={item.status} />
      </Td>
      <Td className="hidden whitespace-nowrap text-muted md:table-cell">{reason}</Td>
      <Td className="hidden whitespace-nowrap text-muted lg:table-cell">
        {SOURCE_LABEL[item.source]}
        {item.test && ' (test)'}
      </Td>
      <Td className="hidden text-right text-muted lg:table-cell">{item.creditsCharged}</Td>
      <Td className="hidden text-right whitespace-nowrap text-muted sm:table-cell">
        <RelativeTime iso={item.createdAt} />
      </Td>
    </Tr>
  );
}

/** On a phone, the verdict and what is known about it stand below the address, so that the address has the width of the table. */
export const PhoneVerdict = ({ verdict, children }: { verdict: ReactNode; children: ReactNode }) => (
  <span className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-meta text-muted sm:hidden">
    {verdict}
    <span>{children}</span>
  </span>
);
