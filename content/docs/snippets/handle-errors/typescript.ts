import { EmailVerifier, PaymentRequiredError, RateLimitError } from 'email-verifier-client';

const client = new EmailVerifier();
try {
  await client.verify('http-402@example.com');
} catch (error) {
  if (error instanceof PaymentRequiredError) console.log(error.code, error.requestId);
  else if (error instanceof RateLimitError) console.log(`again in ${error.retryAfterS} s`);
  else throw error;
}
