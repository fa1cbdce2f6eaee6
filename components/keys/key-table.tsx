'use client';

import Link from 'next/link';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/dialog';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import type { ApiKeyView } from '@/lib/accounts/rules/keys';
import { problemOf } from '@/lib/platform/form-state';
import { BudgetDialog } from './budget-dialog';
import type { ChangeBudgetAction, RevokeKeyAction } from './key-actions';
import { permissionWords } from './scope-copy';
import { Meter } from '@/components/ui/meter';
import { formatCount } from '@/lib/platform/numbers';

interface KeyActions {
  revoke: RevokeKeyAction;
  changeBudget: ChangeBudgetAction;
}

export function KeyTable({ keys, ...actions }: KeyActions & { keys: readonly ApiKeyView[] }) {
  return (
    <Table label="API keys">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th>Key</Th>
          <Th className="hidden md:table-cell">Permissions</Th>
          <Th className="hidden sm:table-cell">This month</Th>
          <Th className="hidden xl:table-cell">Last used</Th>
          <Th className="hidden lg:table-cell">Expires</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <KeyRow key={key.id} apiKey={key} {...actions} />
        ))}
      </tbody>
    </Table>
  );
}

function KeyRow({ apiKey, revoke, changeBudget }: KeyActions & { apiKey: ApiKeyView }) {
  const isRevoked = apiKey.revokedAt !== null;
  return (
    <Tr className={isRevoked ? 'text-subtle' : undefined}>
      <Td className="min-w-20 font-medium sm:min-w-28">
        <Link href={`/keys/${apiKey.id}`} className="rounded-control hover:underline">
          {apiKey.name}
        </Link>
        <span className="block text-meta font-normal text-muted sm:hidden">
          <KeySpend apiKey={apiKey} />
        </span>
      </Td>
      <Td className="font-mono whitespace-nowrap">
        {apiKey.mode}…{apiKey.last4}
      </Td>
      <Td className="hidden text-muted md:table-cell">{permissionWords(apiKey.scopes)}</Td>
      <Td className="hidden whitespace-nowrap text-muted sm:table-cell">
        <KeySpend apiKey={apiKey} />
      </Td>
      <Td className="hidden whitespace-nowrap text-muted xl:table-cell">
        {apiKey.lastUsedAt === null ? 'Never' : <RelativeTime iso={apiKey.lastUsedAt} />}
      </Td>
      <Td className="hidden whitespace-nowrap text-muted lg:table-cell">
        {apiKey.expiresAt === null ? 'Never' : <RelativeTime iso={apiKey.expiresAt} />}
      </Td>
      <Td className="text-right">
        {isRevoked ? (
          <span className="text-table">Revoked</span>
        ) : (
          <span className="flex flex-col items-end gap-2 sm:flex-row sm:justify-end">
            {apiKey.mode !== 'test' && <BudgetDialog apiKey={apiKey} change={changeBudget} />}
            <RevokeButton apiKey={apiKey} revoke={revoke} />
          </span>
        )}
      </Td>
    </Tr>
  );
}

function RevokeButton({ apiKey, revoke }: { apiKey: ApiKeyView; revoke: RevokeKeyAction }) {
  const confirm = async () => {
    const problem = problemOf(await revoke(apiKey.id));
    if (problem === null) toast.success(`${apiKey.name} is revoked.`);
    else toast.error(problem);
  };
  return (
    <ConfirmDialog
      title={`Revoke ${apiKey.name}?`}
      description="Programs that use this key are refused from the next request on. This can’t be undone."
      confirmLabel="Revoke the key"
      keepLabel="Keep the key"
      danger
      onConfirm={confirm}
      trigger={
        <Button variant="secondary" size="sm">
          Revoke
          <span className="sr-only"> {apiKey.name}</span>
        </Button>
      }
    />
  );
}

const inCredits = (credits: number): string => `${formatCount(credits)} ${credits === 1 ? 'credit' : 'credits'}`;

/** What a key was charged this month, and the share of its budget. */
function KeySpend({ apiKey: { mode, spentThisMonth, monthlyBudget } }: { apiKey: ApiKeyView }) {
  if (mode === 'test') return <>Free</>;
  if (monthlyBudget === null) return <>{inCredits(spentThisMonth)}</>;
  return (
    <>
      {formatCount(spentThisMonth)} of {inCredits(monthlyBudget)}
      <span className="mt-1 flex">
        <Meter share={spentThisMonth / monthlyBudget} className="w-24" />
      </span>
    </>
  );
}
