import { PageHeader } from '@/components/ui/page-header';
import { Controls } from './controls';
import { Data } from './data';
import { Notices } from './notices';
import { Tokens } from './tokens';
import { Verdicts } from './verdicts';

/** Every component in every state, for people who change components and for the accessibility test. */
export default function ComponentsPage() {
  return (
    <>
      <PageHeader title="Components" description="Each in every state. Switch the theme at the top right." />
      <Tokens />
      <Controls />
      <Notices />
      <Data />
      <Verdicts />
    </>
  );
}
