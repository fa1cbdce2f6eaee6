import { answer, type ApiAnswer, type ApiCall, apiCalls, apiRoute } from '@/lib/accounts/web/api-route';
import { unwrap } from '@/lib/platform/errors';
import type { DomainAnswer } from '@/lib/verifications/api';
import { type DomainView, getDomain } from '@/lib/verifications/domains';
import { getDomain as operation } from '@/lib/verifications/operations';

async function readDomain({ param, request }: ApiCall): Promise<ApiAnswer> {
  return answer(200, toDomainAnswer(unwrap(await getDomain(param('domain'), request))));
}

const toDomainAnswer = (view: DomainView): DomainAnswer => ({
  domain: view.domain,
  exists: view.exists,
  accepts_mail: view.acceptsMail,
  mx: { hosts: view.hosts, implicit: view.isImplicit, provider: view.provider, gateway: view.gateway },
  disposable: view.disposable,
  relay: view.relay,
  free: view.free,
  did_you_mean: view.didYouMean,
  catch_all: view.catchAll,
  catch_all_checked_at: view.catchAllCheckedAt,
  checked_at: view.checkedAt,
  cached: view.cached,
});

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiCalls(apiRoute(operation, readDomain));
