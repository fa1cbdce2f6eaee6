import { EmailVerifier } from 'email-verifier-client';

const client = new EmailVerifier();
const answer = await client.verify('mailbox-not-found@example.com');
console.log(answer.status, answer.reason, answer.recommendation);
