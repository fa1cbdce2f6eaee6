import { KeyRound } from 'lucide-react';
import type { Metadata } from 'next';
import { CreateKeyDialog } from '@/components/keys/create-key-dialog';
import { curlExample } from '@/components/keys/curl-example';
import { KeyTable } from '@/components/keys/key-table';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { requireSession } from '@/lib/accounts/web/session';
import { ALL_API_SCOPES } from '@/lib/accounts/rules/keys';
import { sandboxDomain } from '@/lib/verdict/sandbox-catalog';
import { env } from '@/lib/platform/env';
import { listApiKeys } from '@/lib/accounts/keys';
import { changeBudget, createKey, revokeKey } from './_actions';

export const metadata: Metadata = { title: 'API keys' };

const DEFAULT_SCOPES = ['verify:write'];

export default async function KeysPage() {
  const { scope } = await requireSession();
  const keys = await listApiKeys(scope);
  const { APP_URL: appUrl, MAIL_SANDBOX } = env();
  const sampleEmail = MAIL_SANDBOX === 'on' ? `alice@${sandboxDomain('deliverable')}` : 'name@example.com';
  // Always at the same place in the tree: the first key changes the page around the dialog that is showing it.
  const create = (
    <CreateKeyDialog
      action={createKey}
      scopes={ALL_API_SCOPES}
      defaultScopes={DEFAULT_SCOPES}
      appUrl={appUrl}
      sampleEmail={sampleEmail}
    />
  );
  const example = curlExample(appUrl, 'YOUR_KEY', sampleEmail);
  return (
    <>
      <PageHeader
        title="API keys"
        description="A key lets a program verify addresses on behalf of this workspace."
        actions={create}
      />
      <Card padded={false}>
        {keys.length > 0 ? (
          <KeyTable keys={keys} revoke={revokeKey} changeBudget={changeBudget} />
        ) : (
          <EmptyState
            icon={<KeyRound aria-hidden="true" />}
            title="No keys yet"
            description="Create one above, then verify an address with one request:"
          >
            <CodeBlock code={example} label="curl command" />
          </EmptyState>
        )}
      </Card>
      {keys.length > 0 && (
        <section className="mt-10">
          <h2 className="mb-3 text-section font-semibold tracking-tight">Use a key</h2>
          <CodeBlock code={example} label="curl command" />
        </section>
      )}
    </>
  );
}
