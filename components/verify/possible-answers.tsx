import Link from 'next/link';
import { FourAnswers } from '@/components/marketing/four-answers';
import { Card } from '@/components/ui/card';

/** What an answer looks like. Shown below the form until something has been checked. */
export function PossibleAnswers() {
  return (
    <Card
      title="What comes back"
      description="One of four verdicts, with the reason and the mail server’s own words."
      actions={
        <Link href="/learn/how-it-works" className="rounded-control text-table text-accent underline-offset-2 hover:underline">
          How it works
        </Link>
      }
    >
      <FourAnswers />
    </Card>
  );
}
