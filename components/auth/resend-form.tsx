'use client';

import { useEffect, useState } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { RESEND_COOLDOWN_S } from '@/lib/platform/limits';
import type { FormAction, FormState } from '@/lib/platform/form-state';
import { useFormAction } from './use-form-action';

/** "Send it again", at most once a minute. The button shows the time left. */
export function ResendForm({ action }: { action: FormAction }) {
  const { state, isPending, formProps } = useFormAction(action);
  const leftS = useCountdown(restAfter(state), state);
  return (
    <form {...formProps} className="flex flex-col gap-3">
      {state.message !== null && <Alert tone={state.status === 'done' ? 'success' : 'danger'}>{state.message}</Alert>}
      <Button type="submit" variant="secondary" loading={isPending} disabled={leftS > 0} className="tabular-nums">
        {leftS > 0 ? `Send it again in ${leftS} s` : 'Send it again'}
      </Button>
    </form>
  );
}

/** The first mail was sent just before this page opened, so the wait starts at once. */
const restAfter = (state: FormState): number => (state.status === 'failed' ? (state.retryAfterS ?? 0) : RESEND_COOLDOWN_S);

function useCountdown(fromS: number, restart: unknown): number {
  // Zero until scripts run: without them the button would never be free, and the server holds to the minute anyway.
  const [leftS, setLeftS] = useState(0);
  useEffect(() => {
    const endsAt = Date.now() + fromS * 1_000;
    const tick = () => setLeftS(Math.max(0, Math.ceil((endsAt - Date.now()) / 1_000)));
    tick();
    const timer = setInterval(tick, 500);
    return () => clearInterval(timer);
  }, [fromS, restart]);
  return leftS;
}
