import { EmailVerifier } from 'email-verifier-client';

const client = new EmailVerifier();
const { list, rows } = await client.lists.verify('customers.csv', {
  onProgress: ({ progress }) => console.error(`${progress.processed} of ${progress.total}`),
});
for await (const row of rows) console.log(row.email, row.status, row.reason);
console.log(list.id, list.status);
