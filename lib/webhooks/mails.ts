// Mail to the owners of a workspace: one of its webhook endpoints was switched off.
import { composeMail, type Mail, siteLink } from '@/lib/platform/mail/compose';

export const webhookDisabledMail = (to: string, endpoint: { id: string; url: string; isGone: boolean }): Mail =>
  composeMail(to, {
    subject: 'A webhook endpoint was turned off',
    paragraphs: [
      endpoint.isGone
        ? 'One of your webhook endpoints answered 410 Gone, which asks us to stop. We did, and send nothing more to it:'
        : 'One of your webhook endpoints has refused or missed every delivery for five days. We have stopped trying:',
      endpoint.url,
      'The log shows what it answered. Once it works again, turn it on and replay what was missed; events are kept for 30 days.',
    ],
    button: { label: 'Open the endpoint', url: siteLink(`/webhooks/${endpoint.id}`) },
  });
