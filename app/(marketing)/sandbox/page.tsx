import { SandboxTable } from '@/components/sandbox/sandbox-table';
import { EmptyState } from '@/components/ui/empty-state';
import { metadataOf } from '@/content/page';
import { SANDBOX_PAGE } from '@/content/tools';
import { findSession } from '@/lib/accounts/web/session';
import { env } from '@/lib/platform/env';
import { SANDBOX_CATALOGUE, SANDBOX_ZONE } from '@/lib/verdict/sandbox-catalog';

export const metadata = metadataOf(SANDBOX_PAGE);

export default async function SandboxPage() {
  const isOn = env().MAIL_SANDBOX === 'on';
  const session = isOn ? await findSession() : null;
  return (
    <div className="mx-auto max-w-6xl px-4 py-12 sm:px-6 sm:py-16">
      <h1 className="text-display font-semibold tracking-tight sm:text-hero">Sandbox addresses</h1>
      <p className="mt-4 max-w-2xl text-lead text-muted sm:text-intro">
        Small mail servers and name servers are built into this installation. Each domain under{' '}
        <code className="font-mono text-body">{SANDBOX_ZONE}</code> behaves in one way, so you can see every verdict on any
        machine. They speak real DNS and SMTP, and the engine treats them like any other host.
      </p>
      {isOn ? (
        <SandboxTable entries={SANDBOX_CATALOGUE} verifyPath={session === null ? '/' : '/verify'} />
      ) : (
        <EmptyState
          title="The sandbox is switched off here"
          description="It is for trying the product and for tests. Set MAIL_SANDBOX=on to switch it on; in local mode it is on by default."
        />
      )}
    </div>
  );
}
