// How a provider is asked where its own card says nothing: by what kind of service it is. The figures are ceilings for one
// sending address and our own judgement; no provider publishes them for strangers. A pace that learns starts lower.
import type { Provider, ProviderClass, ProviderPace } from '@/lib/verdict/mail-host';

export interface Behavior {
  acceptance: Provider['acceptance'];
  maxRecipients: number;
  pace: ProviderPace;
}

export const pace = (sessions: number, connectionsPerMinute: number, recipientsPerMinute: number): ProviderPace => ({
  sessions,
  connectionsPerMinute,
  recipientsPerMinute,
});

export const CLASS_DEFAULTS: Readonly<Record<ProviderClass, Behavior>> = {
  // Many domains of many owners on one cluster.
  mailbox: { acceptance: 'probe', maxRecipients: 25, pace: pace(8, 60, 900) },
  // One domain, one reputation: a burst of unknown names is what they look for.
  freemail: { acceptance: 'probe', maxRecipients: 20, pace: pace(4, 30, 300) },
  // Rate limits are what they sell.
  gateway: { acceptance: 'probe', maxRecipients: 20, pace: pace(6, 40, 400) },
  relay: { acceptance: 'probe', maxRecipients: 20, pace: pace(4, 30, 300) },
  mailing_list: { acceptance: 'probe', maxRecipients: 20, pace: pace(4, 30, 300) },
  program: { acceptance: 'probe', maxRecipients: 10, pace: pace(2, 20, 120) },
  // Little is to be learned here: the list has already said what it is.
  disposable: { acceptance: 'worthless', maxRecipients: 10, pace: pace(2, 12, 60) },
  parking: { acceptance: 'probe', maxRecipients: 5, pace: pace(1, 6, 30) },
};
