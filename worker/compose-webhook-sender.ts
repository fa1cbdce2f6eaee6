// Wires the webhook sender to its resolver and to the nets that the operator allows.
import type { Env } from '@/lib/platform/env';
import type { SendWebhook } from '@/lib/webhooks/rules';
import { createWebhookSender } from './adapters/webhooks/sender';
import { createNameResolver, createTargetGuard } from './adapters/webhooks/target';

export const composeWebhookSender = (
  settings: Pick<Env, 'APP_MODE' | 'DNS_SERVERS' | 'WEBHOOK_ALLOWED_PRIVATE_NETS'>,
): SendWebhook =>
  createWebhookSender({
    resolve: createNameResolver(settings.DNS_SERVERS),
    guard: createTargetGuard({ allowedNets: settings.WEBHOOK_ALLOWED_PRIVATE_NETS, isLocal: settings.APP_MODE === 'local' }),
  });
