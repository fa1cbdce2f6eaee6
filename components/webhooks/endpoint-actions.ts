// What the forms and buttons of webhooks call. Only an answer contains a secret, and only once.
import type { ButtonAction, FormAction } from '@/lib/platform/form-state';
import type { EmittedEventType } from '@/lib/webhooks/rules';

export interface NewEndpointSecret {
  secret: string;
}

export interface NewEndpoint extends NewEndpointSecret {
  id: string;
}

export interface EndpointActions {
  create: FormAction<NewEndpoint>;
  save: FormAction;
  rotate: ButtonAction<string, NewEndpointSecret>;
  test: ButtonAction<{ id: string; event: EmittedEventType }>;
  setEnabled: ButtonAction<{ id: string; isEnabled: boolean }>;
  remove: ButtonAction<string>;
  replay: ButtonAction<{ id: string; deliveryId: string }>;
}
