-- Deleting an account is confirmed by a mailed link as well, where it has no password.
ALTER TABLE "AuthToken" DROP CONSTRAINT "AuthToken_purpose_known";
ALTER TABLE "AuthToken" ADD CONSTRAINT "AuthToken_purpose_known"
  CHECK ("purpose" IN ('reset_password', 'change_email', 'delete_account'));
