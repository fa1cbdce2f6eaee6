import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { KeyLocks } from '@/components/keys/key-locks';
import { RequestLog } from '@/components/keys/request-log';
import { RotateKey } from '@/components/keys/rotate-key';
import { permissionWords } from '@/components/keys/scope-copy';
import { Alert } from '@/components/ui/alert';
import { Breadcrumb } from '@/components/ui/breadcrumb';
import { PageHeader } from '@/components/ui/page-header';
import { getApiKey } from '@/lib/accounts/keys';
import { listApiRequests } from '@/lib/accounts/requests';
import { requireSession } from '@/lib/accounts/web/session';
import { changeLocks, rotateKey } from '../_actions';

interface Props {
  params: Promise<{ id: string }>;
}

/** Read once, for both the page and its title. */
const find = cache(async (id: string) => {
  const { scope } = await requireSession();
  return { scope, found: await getApiKey(scope, id) };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { found } = await find((await params).id);
  return { title: found.ok ? found.value.name : 'API key' };
}

export default async function KeyPage({ params }: Props) {
  const { id } = await params;
  const { scope, found } = await find(id);
  if (!found.ok) notFound();
  const key = found.value;
  const requests = await listApiRequests(scope, id);
  return (
    <>
      <Breadcrumb parent={{ href: '/keys', label: 'API keys' }} here={key.name} />
      <PageHeader
        title={key.name}
        description={
          <>
            <span className="font-mono">
              {key.mode}…{key.last4}
            </span>
            {' · '}
            {permissionWords(key.scopes)}
          </>
        }
      />
      {key.revokedAt === null ? (
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <KeyLocks apiKey={key} change={changeLocks} />
          <RotateKey apiKey={key} rotate={rotateKey} />
        </div>
      ) : (
        <Alert tone="warning" title="This key is revoked.">
          Programs that use it are refused. Its last requests stay here.
        </Alert>
      )}
      <RequestLog requests={requests} />
    </>
  );
}
