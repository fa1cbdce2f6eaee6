import { EmailVerifier } from 'email-verifier-client';

const client = new EmailVerifier();
const options = { idempotencyKey: `signup-${crypto.randomUUID()}` };
const first = await client.verify('mailbox-exists@example.com', {}, options);
const again = await client.verify('mailbox-exists@example.com', {}, options);
console.log(first.id === again.id ? 'same answer' : 'done twice');
