import { EmailVerifier } from 'email-verifier-client';

const client = new EmailVerifier();
const first = await client.verify('pending-then-deliverable@example.com', { timeout_ms: 500 });
const verdict = first.status === 'pending' ? await client.verifications.wait(first.id) : first;
console.log(first.status, verdict.status, verdict.reason);
