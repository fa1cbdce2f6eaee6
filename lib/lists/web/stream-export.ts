// Streams an export as the answer to a request: bytes are produced when the client has room for them. However it ends (the last
// row, an error, the client, its maximum age), reading stops and its slot is freed. A file that could not be finished never ends
// as if it were complete. Refuses more concurrent exports than a workspace may have.
import 'server-only';
import { AppError, describeError, type Result } from '@/lib/platform/errors';
import { contentDisposition } from '@/lib/platform/http/files';
import { EXPORT_MAX_AGE_MS, EXPORTS_AT_ONCE_A_WORKSPACE } from '@/lib/platform/limits';
import { log } from '@/lib/platform/log';
import type { Scope } from '@/lib/platform/scope';
import { createSlots, type Slots } from '@/lib/platform/slots';
import { type OpenedExport, openExport } from '../export/open-export';
import type { ExportWish } from '../rules/export';

export interface ExportToStream {
  scope: Scope;
  listId: string;
  wish: ExportWish;
}

export const streamExport = (request: Request, { scope, listId, wish }: ExportToStream): Promise<Response> =>
  streamFile(request, { scope, listId, open: () => openExport(scope, listId, wish) });

export interface FileToStream {
  scope: Scope;
  listId: string;
  open: () => Promise<Result<OpenedExport>>;
}

/** A file of a list's rows, in any format. */
export async function streamFile(request: Request, { scope, listId, open }: FileToStream): Promise<Response> {
  const giveBack = takeExportSlot(scope.workspaceId);
  try {
    const opened = await open();
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
    // This waits for the window that is being read; no other window is requested.
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

declare global {
  // Next may load a module once per route; all copies share one count.
  var emailVerifierExports: Slots | undefined;
}

const RETRY_AFTER_S = 10;

/**
 * Takes a slot among the workspace's exports in this process. Returns a function that frees it, once, however often it is called.
 */
export function takeExportSlot(workspaceId: string): () => void {
  const slots = (globalThis.emailVerifierExports ??= createSlots({ each: EXPORTS_AT_ONCE_A_WORKSPACE }));
  const giveBack = slots.take(workspaceId);
  if (giveBack !== null) return giveBack;
  throw new AppError('rate_limited', {
    detail: `${EXPORTS_AT_ONCE_A_WORKSPACE} exports of this workspace are running; wait until one is done.`,
    retryAfterS: RETRY_AFTER_S,
  });
}
