import type { ButtonAction, FormAction } from '@/lib/platform/form-state';

/** What the create dialog knows after a submit. The key itself exists only here: it is shown once. */
export interface NewKey {
  key: string;
}

export type CreateKeyAction = FormAction<NewKey>;
export type ChangeBudgetAction = FormAction;
export type RevokeKeyAction = ButtonAction<string>;

export const KEY_LIFETIMES = [
  { days: 0, label: 'Never' },
  { days: 30, label: 'In 30 days' },
  { days: 90, label: 'In 90 days' },
  { days: 365, label: 'In a year' },
] as const;
