// Reports what became of mail to checked addresses: one outcome, or an array of them. Repeating a report changes nothing, so no
// Idempotency-Key is needed. A test key's answers were made up and free, so its reports are validated and discarded.
import { answer, type ApiAnswer, type ApiCall, apiCalls, apiRoute } from '@/lib/accounts/web/api-route';
import type { Result } from '@/lib/platform/errors';
import type { FeedbackAnswer, FeedbackItem } from '@/lib/verifications/api';
import { sendFeedback } from '@/lib/verifications/operations';
import { type RecordedFeedback, recordFeedback } from '@/lib/verifications/feedback';
import { REFUND_SENTENCE } from '@/lib/verifications/rules/feedback';

/** How many reports of one request are processed at the same time. */
const AT_ONCE = 4;

const DISCARDED: RecordedFeedback = {
  verificationId: null,
  listId: null,
  row: null,
  recorded: false,
  refund: { credits: 0, reason: 'not_charged' },
};

async function takeFeedback(call: ApiCall<unknown, FeedbackItem | FeedbackItem[]>): Promise<ApiAnswer> {
  const { body } = call;
  const told = await tellAll(call, Array.isArray(body) ? body : [body]);
  if (Array.isArray(body)) return answer(200, toBatch(told));
  const [only] = told;
  if (only === undefined) throw new Error('an outcome was lost');
  if (!only.result.ok) throw only.result.error;
  return answer(200, toAnswer(only.item, only.result.value));
}

interface Told {
  item: FeedbackItem;
  result: Result<RecordedFeedback>;
}

async function tellAll(call: ApiCall, items: readonly FeedbackItem[]): Promise<Told[]> {
  const told: Told[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) {
    const group = items.slice(at, at + AT_ONCE).map(async (item) => ({ item, result: await tell(call, item) }));
    told.push(...(await Promise.all(group)));
  }
  return told;
}

async function tell({ holder }: ApiCall, item: FeedbackItem): Promise<Result<RecordedFeedback>> {
  const { email = '', verification_id: verificationId, outcome, smtp_code: smtpCode } = item;
  if (holder.mode === 'test') return { ok: true, value: DISCARDED };
  const target = verificationId === undefined ? { email } : { verificationId };
  return recordFeedback(holder.scope, { target, outcome, smtpCode });
}

const toAnswer = (
  { outcome }: FeedbackItem,
  { verificationId, listId, row, recorded, refund }: RecordedFeedback,
): FeedbackAnswer => ({
  outcome,
  verification_id: verificationId,
  list_id: listId,
  row,
  recorded,
  refund: { ...refund, detail: REFUND_SENTENCE[refund.reason] },
});

function toBatch(told: readonly Told[]) {
  const taken = told.flatMap(({ result }) => (result.ok ? [result.value] : []));
  return {
    data: told.map(({ item, result }) =>
      result.ok ? toAnswer(item, result.value) : { error: { code: result.error.code, detail: result.error.message } },
    ),
    recorded: taken.filter(({ recorded }) => recorded).length,
    credits_refunded: taken.reduce((sum, { refund }) => sum + refund.credits, 0),
  };
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = apiCalls(apiRoute(sendFeedback, takeFeedback));
