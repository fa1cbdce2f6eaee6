// A last notice: the account is gone.
import { composeMail } from '../compose-mail';
import type { Mail } from '../mail';

export const accountDeletedMail = (to: string): Mail =>
  composeMail(to, {
    subject: 'Your account was deleted',
    paragraphs: [
      'Your Email Verifier account, its workspace, its verifications and its remaining credits were deleted, as you asked.',
    ],
    after: ['This cannot be undone. You are welcome to sign up again at any time.'],
  });
