import type { ApiKeyView } from '@/lib/accounts/rules/keys';

/** What the create dialog knows after a submit. The key itself exists only here: it is shown once. */
export type CreateKeyState =
  | { kind: 'idle' }
  | { kind: 'refused'; message: string; fields: Readonly<Record<string, string>> }
  | { kind: 'created'; key: string; view: ApiKeyView };

export type CreateKeyAction = (previous: CreateKeyState, form: FormData) => Promise<CreateKeyState>;

export type BudgetState = { kind: 'idle' } | { kind: 'refused'; problem: string } | { kind: 'changed' };

export type ChangeBudgetAction = (id: string, previous: BudgetState, form: FormData) => Promise<BudgetState>;

/** A sentence when it could not be done, else null. */
export type RevokeKeyAction = (id: string) => Promise<string | null>;

export const KEY_LIFETIMES = [
  { days: 0, label: 'Never' },
  { days: 30, label: 'In 30 days' },
  { days: 90, label: 'In 90 days' },
  { days: 365, label: 'In a year' },
] as const;
