// What the forms and buttons of webhooks know after a submit. A secret exists only here: it is shown once.
import type { EmittedEventType } from '@/lib/webhooks/rules';

export type EndpointFormState =
  | { kind: 'idle' }
  | { kind: 'refused'; message: string; fields: Readonly<Record<string, string>> }
  | { kind: 'created'; id: string; secret: string }
  | { kind: 'saved' };

export type EndpointFormAction = (previous: EndpointFormState, form: FormData) => Promise<EndpointFormState>;

export type SecretAnswer = { secret: string } | { problem: string };

/** A sentence when it could not be done, else null. */
export type Problem = string | null;

export interface EndpointActions {
  save: EndpointFormAction;
  rotate: () => Promise<SecretAnswer>;
  test: (event: EmittedEventType) => Promise<Problem>;
  setEnabled: (isEnabled: boolean) => Promise<Problem>;
  remove: () => Promise<Problem>;
}

export type ReplayAction = (deliveryId: string) => Promise<Problem>;
