// The calls that a reader can try on the reference page: those that only read, and the single check.
import type { TryCall } from '@/components/docs/try-it';
import { type ApiCall, API_CALLS } from './api-reference';

const VERIFY = 'verifySingle';
/** Their answer is a stream or a file, not a text to show. */
const NOT_HERE = ['watchList', 'downloadList'];

const isPlace = (word: string): word is 'path' | 'query' => word === 'path' || word === 'query';

const toTryCall = ({ method, path, operation }: ApiCall): TryCall => ({
  id: operation.operationId,
  method,
  path,
  summary: operation.summary,
  fields:
    operation.operationId === VERIFY
      ? [{ name: 'email', in: 'body', isRequired: true, placeholder: 'mailbox-not-found@example.com' }]
      : operation.parameters.flatMap(({ name, in: place, required, example }) =>
          isPlace(place)
            ? [{ name, in: place, isRequired: required, placeholder: typeof example === 'string' ? example : '' }]
            : [],
        ),
});

/** The single check first. */
export const tryCalls: readonly TryCall[] = [
  ...API_CALLS.filter(({ operation }) => operation.operationId === VERIFY),
  ...API_CALLS.filter(({ method, operation }) => method === 'GET' && !NOT_HERE.includes(operation.operationId)),
].map(toTryCall);
