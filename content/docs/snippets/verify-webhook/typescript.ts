import { text } from 'node:stream/consumers';
import { unwrapWebhook } from 'email-verifier-client';

// Read as in CGI. In a web framework, use the raw body and the headers of the request.
const body = await text(process.stdin);
const headers = {
  'webhook-id': process.env.HTTP_WEBHOOK_ID,
  'webhook-timestamp': process.env.HTTP_WEBHOOK_TIMESTAMP,
  'webhook-signature': process.env.HTTP_WEBHOOK_SIGNATURE,
};

const event = await unwrapWebhook(body, headers, process.env.WEBHOOK_SECRET ?? '');
console.log(event.event, event.data);
