// Makes the asyncio client from the plain one by rewriting it line by line: calls that wait are awaited. So the two can't drift apart.
import { readFileSync } from 'node:fs';
import { type Files, NOTICE } from './emit';

const CLASSES =
  /\b(EmailVerifier|Verifications|Lists|CreditsResource|FeedbackResource|Webhooks|Keys|Pages|VerifiedList|Transport)\b/g;
const WAITS = /(?<=[ (])self\._transport\.(json|page|stream)\(|self\.(get|create|wait|page)\(|time\.sleep\(/;
const SHARED = [
  'Json',
  '_given',
  '_key_path',
  '_is_standing',
  '_list_error',
  '_list_path',
  '_Pause',
  '_spending_move',
  '_UNREAD',
  '_webhook_path',
];
/** Nothing after this point waits, so it is imported instead. */
const SHARED_FROM = '\n\nclass _Pause:';

export function emitPythonAsync(folder: string): Files {
  const source = readFileSync(`${folder}/python/src/email_verifier/_client.py`, 'utf8');
  const own = source.slice(0, source.indexOf(SHARED_FROM));
  const [head = '', ...methods] = own.split(/(?=^ {4}def )/m);
  const text = [head, ...methods.map(toAsync)].join('');
  const imports = `from ._client import ${SHARED.toSorted().join(', ')}\n`;
  const renamed = text
    .replaceAll(CLASSES, 'Async$1')
    .replace(
      'from ._transport import Call, AsyncTransport, make_options, segment',
      'from ._async_transport import AsyncTransport\nfrom ._transport import Call, make_options, segment',
    )
    .replace('import time\n', 'import asyncio\n')
    .replace('from ._errors import ListError, TimeoutError\n', imports)
    .replace(/\nJson = [^]*?(?=\n\nclass )/, '\n')
    .replace(/\bIterator\b/g, 'AsyncIterator');
  return { 'python/src/email_verifier/_async_client.py': `# Generated from _client.py: ${NOTICE}\n${renamed}` };
}

function toAsync(method: string): string {
  const isIterator = method.startsWith('    def __iter__');
  const isContext = /^ {4}def __(enter|exit)__/.test(method);
  if (!WAITS.test(method) && !isContext) return method;
  return method
    .replace('    def ', '    async def ')
    .replace('__iter__', isIterator ? '__aiter__' : '__iter__')
    .replace(/__(enter|exit)__/, '__a$1__')
    .replaceAll(/(?<!await )self\._transport\.(json|page|stream)\(/g, 'await self._transport.$1(')
    .replaceAll(/self\.(get|create|wait|page)\(/g, 'await self.$1(')
    .replaceAll('time.sleep(', 'await asyncio.sleep(');
}
