import { Button } from '@/components/ui/button';

interface MagicLinkFormProps {
  email: string;
  token: string;
  callbackPath: string;
}

/** A plain form to next-auth's callback. It works without scripts, and only when the button is pressed. */
export function MagicLinkForm({ email, token, callbackPath }: MagicLinkFormProps) {
  const query = new URLSearchParams({ email, token });
  return (
    <form method="post" action={`/api/auth/callback/email?${query.toString()}`}>
      <input type="hidden" name="callbackUrl" value={callbackPath} />
      <Button type="submit" className="w-full">
        Sign in
      </Button>
    </form>
  );
}
