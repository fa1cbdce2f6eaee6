// Wires the webhook sender to its resolver and to the nets that the operator allows.
import type { SendWebhook } from '@/lib/domain/webhook-delivery';
import type { Env } from '@/lib/env';
import { createWebhookSender } from './adapters/webhooks/create-webhook-sender';
import { createNameResolver } from './adapters/webhooks/resolve-name';
import { createTargetGuard } from './adapters/webhooks/target-guard';

export const composeWebhookSender = (
  settings: Pick<Env, 'APP_MODE' | 'DNS_SERVERS' | 'WEBHOOK_ALLOWED_PRIVATE_NETS'>,
): SendWebhook =>
  createWebhookSender({
    resolve: createNameResolver(settings.DNS_SERVERS),
    guard: createTargetGuard({ allowedNets: settings.WEBHOOK_ALLOWED_PRIVATE_NETS, isLocal: settings.APP_MODE === 'local' }),
  });
