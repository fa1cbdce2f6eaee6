'use client';

import { MailX } from 'lucide-react';
import { useState } from 'react';
import { Alert } from '@/components/ui/alert';
import { BreakableName } from '@/components/ui/breakable-name';
import { Button } from '@/components/ui/button';
import { useRefresh } from '@/components/ui/connection/use-refresh';
import { useServerAction } from '@/components/ui/connection/reach';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { FEEDBACK_REFUND_DAYS } from '@/lib/platform/limits';
import { REFUND_SENTENCE } from '@/lib/verifications/rules/feedback';
import { problemOf } from '@/lib/platform/form-state';
import type { BounceRefund, BounceTarget, ReportBounceAction, ReportedBounce } from './bounce-target';

interface ReportBounceProps {
  email: string;
  target: BounceTarget;
  report: ReportBounceAction;
  /** Null if no bounce of this mailbox was reported. */
  reported: ReportedBounce | null;
}

/** The "This bounced" button, for an answer that said deliverable. Shows what was refunded, even after a reload. */
export function ReportBounce({ reported, ...props }: ReportBounceProps) {
  const [isOpen, setIsOpen] = useState(false);
  const refresh = useRefresh();
  const done = () => {
    setIsOpen(false);
    // Refresh only now, because the page replaces this dialog with what was refunded.
    refresh();
  };
  if (reported !== null && reported.credits > 0) return <p className="self-center text-table">{reportedWords(reported)}</p>;
  return (
    <Dialog
      title="This address bounced"
      description={
        <>
          Mail to <BreakableName name={props.email} /> came back? Tell us: it makes our scores better, and a hard bounce within{' '}
          {FEEDBACK_REFUND_DAYS} days gives the credit back.
        </>
      }
      open={isOpen}
      onOpenChange={setIsOpen}
      trigger={
        <Button variant="secondary" size="sm">
          <MailX aria-hidden="true" className="size-3.5" />
          This bounced
        </Button>
      }
    >
      <BounceForm {...props} onDone={done} />
    </Dialog>
  );
}

function BounceForm({ target, report, onDone }: Omit<ReportBounceProps, 'reported'> & { onDone: () => void }) {
  const { state, isBusy, onSubmit } = useServerAction(report);
  if (state.value !== null) return <Told refund={state.value} onDone={onDone} />;
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-4">
      {Object.entries(target).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Field
        label="Code from the server"
        htmlFor="bounce-code"
        hint="From the bounce message, like 550 5.1.1. Only permanent refusals are refunded: codes that begin with 5."
        error={problemOf(state)}
      >
        <Input
          id="bounce-code"
          name="smtpCode"
          autoComplete="off"
          placeholder="550 5.1.1"
          maxLength={1_000}
          className="font-mono"
        />
      </Field>
      <div className="flex justify-end">
        <Button type="submit" loading={isBusy}>
          Report the bounce
        </Button>
      </div>
    </form>
  );
}

function Told({ refund: { credits, reason }, onDone }: { refund: BounceRefund; onDone: () => void }) {
  return (
    <div className="flex flex-col gap-4">
      <Alert
        tone={credits > 0 ? 'success' : 'info'}
        title={credits > 0 ? refundWords(credits) : 'Thank you. The bounce is recorded.'}
      >
        {REFUND_SENTENCE[reason]}
      </Alert>
      <div className="flex justify-end">
        <Button variant="secondary" onClick={onDone}>
          Close
        </Button>
      </div>
    </div>
  );
}

const refundWords = (credits: number): string => (credits === 1 ? '1 credit refunded' : `${credits} credits refunded`);

const reportedWords = ({ credits }: ReportedBounce): string => `You reported a bounce · ${refundWords(credits)}`;
