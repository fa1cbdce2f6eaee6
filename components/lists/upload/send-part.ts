// Sends one part of a file. It uses XMLHttpRequest, because `fetch` does not report upload progress.
import { partUrl, problemSentence } from './lists-api';
import type { Part, PartAnswer } from './upload-parts';

/** These failures are temporary: no connection, too many requests, or a server that is being replaced. */
const isPassing = (status: number): boolean => status === 0 || status === 408 || status === 429 || status >= 500;

export const sendPart =
  (listId: string) =>
  ({ no, bytes, signal }: Part, onSent: (bytes: number) => void): Promise<PartAnswer> =>
    new Promise((resolve) => {
      const request = new XMLHttpRequest();
      const end = (): void => {
        signal.removeEventListener('abort', abort);
        resolve(answerOf(request));
      };
      const abort = (): void => request.abort();
      signal.addEventListener('abort', abort);
      request.upload.onprogress = ({ loaded }) => onSent(Math.min(loaded, bytes.size));
      request.onloadend = end;
      request.open('PUT', partUrl(listId, no));
      request.setRequestHeader('Content-Type', 'application/octet-stream');
      request.send(bytes);
    });

function answerOf({ status, responseText }: XMLHttpRequest): PartAnswer {
  if (status >= 200 && status < 300) return { kind: 'stored' };
  return isPassing(status) ? { kind: 'trouble' } : { kind: 'refused', message: problemSentence(parse(responseText)) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
