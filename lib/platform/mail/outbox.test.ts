import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { env } from '../env';
import { useTestOutbox } from '@/tests/mail/use-test-outbox';
import { composeMail } from './compose';
import { findOutboxMail, isOutboxOn, listOutbox } from './outbox';
import { sendMail } from './send';

useTestOutbox();

test('without a mail server, local mode keeps mails as files and finds them again', async () => {
  expect(isOutboxOn()).toBe(true);
  await sendMail(composeMail('a@example.com', { subject: 'One', paragraphs: ['Hello'] }));
  const [mail] = await listOutbox();
  expect(mail).toMatchObject({ to: 'a@example.com', subject: 'One' });
  expect(await findOutboxMail(mail?.id ?? '')).toEqual(mail);
});

test('the outbox does not exist in production or with a mail server', () => {
  const settings = env();
  Object.assign(settings, { APP_MODE: 'production' });
  expect(isOutboxOn()).toBe(false);
  Object.assign(settings, { APP_MODE: 'local', MAIL_URL: 'smtp://mail.example' });
  expect(isOutboxOn()).toBe(false);
  Object.assign(settings, { MAIL_URL: undefined });
});

test.each(['../secret', '..%2fsecret', '/etc/passwd', '1700000000000-deadbeef/../x'])('the name %s opens no file', async (id) => {
  writeFileSync(join(env().DATA_DIR, 'secret.json'), '{}');
  expect(await findOutboxMail(id)).toBeNull();
});
