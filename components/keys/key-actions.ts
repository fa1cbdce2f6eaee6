import type { ButtonAction, FormAction } from '@/lib/platform/form-state';

/** What the create dialog knows after a submit. The key exists only here, because it is shown once. */
export interface NewKey {
  key: string;
}

export type CreateKeyAction = FormAction<NewKey>;
export type ChangeBudgetAction = FormAction;
export type ChangeLocksAction = FormAction;
export type RotateKeyAction = FormAction<NewKey>;
export type RevokeKeyAction = ButtonAction<string>;

export const KEY_LIFETIMES = [
  { days: 0, label: 'Never' },
  { days: 30, label: 'In 30 days' },
  { days: 90, label: 'In 90 days' },
  { days: 365, label: 'In a year' },
] as const;

/** How long the current secret keeps working after a new one is made. */
export const ROTATION_CHOICES = [
  { hours: 0, label: 'Ends at once' },
  { hours: 1, label: 'Works for an hour more' },
  { hours: 24, label: 'Keeps working for 1 day' },
  { hours: 168, label: 'Works for a week more' },
] as const;
