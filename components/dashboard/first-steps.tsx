import { CircleCheck } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import type { FirstSteps as Steps } from '@/lib/dashboard/rules';

interface Step {
  title: string;
  text: string;
  isDone: boolean;
  action: { href: string; label: string };
}

const stepsOf = ({ hasVerified, hasList, hasKey }: Steps, sample: string | null): readonly Step[] => [
  {
    title: 'Try one address',
    text:
      sample === null
        ? 'Use any address, your own for example.'
        : 'Start with a sandbox address. Test mail servers on this machine answer it.',
    isDone: hasVerified,
    action: { href: sample === null ? '/verify' : `/verify?email=${encodeURIComponent(sample)}`, label: 'Verify an address' },
  },
  {
    title: 'Upload a list',
    text: 'See what is in it and the most it can cost before anything is verified.',
    isDone: hasList,
    action: { href: '/lists/new', label: 'Upload a list' },
  },
  {
    title: 'Create an API key',
    text: 'Run the same check from your own code, with one request.',
    isDone: hasKey,
    action: { href: '/keys', label: 'Create a key' },
  },
];

/** The first steps in a new workspace, and which of them are done. */
export function FirstSteps({ steps, sample }: { steps: Steps; sample: string | null }) {
  const all = stepsOf(steps, sample);
  const next = all.find(({ isDone }) => !isDone);
  return (
    <ol aria-label="First steps" data-first-steps className="grid gap-4 md:grid-cols-3">
      {all.map((step, index) => (
        <li key={step.title}>
          <Card className="h-full [&>div]:flex [&>div]:h-full [&>div]:flex-col">
            <p className="flex items-center gap-1.5 text-table text-subtle tabular-nums">
              Step {index + 1}
              {step.isDone && (
                <span className="flex items-center gap-1 text-success">
                  <CircleCheck aria-hidden="true" className="size-3.5" />
                  Done
                </span>
              )}
            </p>
            <h2 className="mt-1 text-lead font-semibold">{step.title}</h2>
            <p className="mt-1 mb-4 text-body text-muted">{step.text}</p>
            {!step.isDone && (
              <Button asChild variant={step === next ? 'primary' : 'secondary'} size="sm" className="mt-auto self-start">
                <Link href={step.action.href}>{step.action.label}</Link>
              </Button>
            )}
          </Card>
        </li>
      ))}
    </ol>
  );
}
