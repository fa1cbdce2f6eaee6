import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';

interface Step {
  title: string;
  text: string;
  action: { href: string; label: string };
}

const tryOne = (sample: string | null): Step => ({
  title: 'Try one address',
  text:
    sample === null
      ? 'Any address of yours will do.'
      : 'A sandbox address will do: it is answered by test servers on this machine.',
  action: { href: sample === null ? '/verify' : `/verify?email=${encodeURIComponent(sample)}`, label: 'Verify an address' },
});

const REST: readonly Step[] = [
  {
    title: 'Upload a list',
    text: 'You see what it holds and the most it can cost before anything is verified.',
    action: { href: '/lists/new', label: 'Upload a list' },
  },
  { title: 'Make an API key', text: 'Then the same check is one line of curl.', action: { href: '/keys', label: 'Make a key' } },
];

/** What to do in an empty workspace. */
export function FirstSteps({ sample }: { sample: string | null }) {
  return (
    <ol className="grid gap-4 md:grid-cols-3">
      {[tryOne(sample), ...REST].map((step, index) => (
        <li key={step.title}>
          <Card className="h-full">
            <p className="text-table text-subtle tabular-nums">Step {index + 1}</p>
            <h2 className="mt-1 text-lead font-semibold">{step.title}</h2>
            <p className="mt-1 text-body text-muted">{step.text}</p>
            <Button asChild variant="secondary" size="sm" className="mt-4">
              <Link href={step.action.href}>{step.action.label}</Link>
            </Button>
          </Card>
        </li>
      ))}
    </ol>
  );
}
