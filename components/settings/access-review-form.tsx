'use client';

import Link from 'next/link';
import { useState } from 'react';
import { toast } from 'sonner';
import { BreakableName } from '@/components/ui/breakable-name';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { cn } from '@/components/ui/cn';
import { ConfirmDialog } from '@/components/ui/dialog';
import { RelativeTime } from '@/components/ui/relative-time';
import type { AccessItem, AccessKind } from '@/lib/accounts/rules/account';
import { problemOf, type ButtonAction } from '@/lib/platform/form-state';

type Chosen = Pick<AccessItem, 'kind' | 'id'>;

interface AccessReviewFormProps {
  items: readonly AccessItem[];
  /** Whether the items were created before the password was changed. */
  isBefore: boolean;
  /** Returns how many were revoked. */
  revoke: ButtonAction<Chosen[], number>;
}

const SECTIONS: readonly { kind: AccessKind; title: string; unused: string }[] = [
  { kind: 'key', title: 'API keys', unused: 'never used' },
  { kind: 'webhook', title: 'Webhooks', unused: 'nothing sent yet' },
  { kind: 'sign_in', title: 'Linked sign-ins', unused: '' },
];

const keyOf = ({ kind, id }: Chosen): string => `${kind}:${id}`;

/** Everything besides the password that still gives access. Items can be revoked one by one or all at once. */
export function AccessReviewForm({ items, isBefore, revoke }: AccessReviewFormProps) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const picked = items.filter((item) => chosen.has(keyOf(item)));
  const toggle = (item: AccessItem) => {
    const next = new Set(chosen);
    if (!next.delete(keyOf(item))) next.add(keyOf(item));
    setChosen(next);
  };
  const revokeThem = async (wanted: readonly AccessItem[]) => {
    const answer = await revoke(wanted.map(({ kind, id }) => ({ kind, id })));
    setChosen(new Set());
    if (answer.value === null) toast.error(problemOf(answer));
    else toast.success(`${answer.value} revoked.`);
  };
  if (items.length === 0) {
    return (
      <Card
        title="API keys, webhooks and linked sign-ins"
        description={isBefore ? 'None from before the change still works.' : 'There are none.'}
      >
        <ContinueLink />
      </Card>
    );
  }
  return (
    <Card
      title="API keys, webhooks and linked sign-ins"
      description="Revoke what you don’t recognize. Programs that use a revoked key are refused from the next request on."
    >
      <div className="flex flex-col gap-5">
        {SECTIONS.map((section) => (
          <AccessSection key={section.kind} {...section} items={items} chosen={chosen} toggle={toggle} />
        ))}
        <div className="flex flex-wrap items-center gap-2">
          <RevokeButton label={`Revoke selected (${picked.length})`} items={picked} revoke={revokeThem} />
          <RevokeButton label="Revoke all" items={items} revoke={revokeThem} />
          <ContinueLink />
        </div>
      </div>
    </Card>
  );
}

const ContinueLink = () => (
  <Button asChild variant="ghost">
    <Link href="/dashboard">Continue to the dashboard</Link>
  </Button>
);

interface AccessSectionProps {
  kind: AccessKind;
  title: string;
  unused: string;
  items: readonly AccessItem[];
  chosen: ReadonlySet<string>;
  toggle: (item: AccessItem) => void;
}

function AccessSection({ kind, title, unused, items, chosen, toggle }: AccessSectionProps) {
  const own = items.filter((item) => item.kind === kind);
  if (own.length === 0) return null;
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="mb-2 text-table font-medium text-muted">{title}</legend>
      {own.map((item) => (
        <Checkbox
          key={item.id}
          checked={chosen.has(keyOf(item))}
          onChange={() => toggle(item)}
          label={
            <span className="wrap-anywhere">
              {kind === 'webhook' ? <BreakableName name={item.name} className="text-table" /> : item.name}
              {item.detail !== null && (
                <span className={cn('ml-2 text-table text-muted', kind === 'key' && 'font-mono')}>{item.detail}</span>
              )}
            </span>
          }
          hint={
            item.createdAt !== null && (
              <>
                Created <RelativeTime iso={item.createdAt} />
                {item.lastUsedAt === null ? `, ${unused}` : ', last used '}
                {item.lastUsedAt !== null && <RelativeTime iso={item.lastUsedAt} />}
              </>
            )
          }
        />
      ))}
    </fieldset>
  );
}

interface RevokeButtonProps {
  label: string;
  items: readonly AccessItem[];
  revoke: (items: readonly AccessItem[]) => Promise<void>;
}

function RevokeButton({ label, items, revoke }: RevokeButtonProps) {
  const names = items.slice(0, 3).map(({ name }) => name);
  const rest = items.length - names.length;
  return (
    <ConfirmDialog
      title={items.length === 1 ? `Revoke ${names[0] ?? ''}?` : `Revoke ${items.length}?`}
      description={
        <span className="break-all">
          {names.join(', ')}
          {rest > 0 && ` and ${rest} more`} will stop working at once. This can’t be undone.
        </span>
      }
      confirmLabel="Revoke"
      keepLabel="Keep them"
      danger
      onConfirm={() => revoke(items)}
      trigger={
        <Button variant="secondary" disabled={items.length === 0}>
          {label}
        </Button>
      }
    />
  );
}
