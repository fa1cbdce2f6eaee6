// An export as the answer to a request: bytes are made when the client has room for them. Promises that whatever ends it (the last row,
// an error, the client, its greatest age) ends the reading and gives its slot back; a file that could not be finished never ends as if
// it were whole.
import 'server-only';
import type { Scope } from '@/lib/data/scope';
import { describeError } from '@/lib/describe-error';
import type { ExportWish } from '@/lib/domain/export';
import { EXPORT_MAX_AGE_MS } from '@/lib/domain/limits';
import { log } from '@/lib/log';
import { openExport } from '@/lib/services/lists/export/open-export';
import { contentDisposition } from './content-disposition';
import { takeExportSlot } from './export-slots';

export interface ExportToStream {
  scope: Scope;
  listId: string;
  wish: ExportWish;
}

export async function streamExport(request: Request, { scope, listId, wish }: ExportToStream): Promise<Response> {
  const giveBack = takeExportSlot(scope.workspaceId);
  try {
    const opened = await openExport(scope, listId, wish);
    if (!opened.ok) throw opened.error;
    const { bytes, contentType, fileName } = opened.value;
    return new Response(streamOf(bytes, { signal: request.signal, onEnd: giveBack, listId }), {
      headers: {
        'Content-Type': contentType,
        'Content-Disposition': contentDisposition(fileName),
        'X-Content-Type-Options': 'nosniff',
      },
    });
  } catch (error) {
    giveBack();
    throw error;
  }
}

interface Ending {
  signal: AbortSignal;
  onEnd: () => void;
  listId: string;
}

function streamOf(bytes: AsyncGenerator<Uint8Array, void>, { signal, onEnd, listId }: Ending): ReadableStream<Uint8Array> {
  let isStopped = false;
  const stop = (): void => {
    isStopped = true;
    end();
    // Waits for the window that is being read, then nothing more is asked for.
    void bytes.return().catch(() => undefined);
  };
  const timer = setTimeout(stop, EXPORT_MAX_AGE_MS).unref();
  const end = (): void => {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    onEnd();
  };
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    try {
      const next = await bytes.next();
      if (next.done !== true) return controller.enqueue(next.value);
      if (isStopped) throw new Error('an export was stopped before its end');
      end();
      controller.close();
    } catch (error) {
      end();
      log('export').warn({ list: listId, error: describeError(error) }, 'an export broke off');
      controller.error(error);
    }
  };
  return new ReadableStream({ pull, cancel: stop }, { highWaterMark: 0 });
}
