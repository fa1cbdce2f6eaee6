'use client';

import { useEffect, useSyncExternalStore } from 'react';
import { Alert } from '@/components/ui/alert';
import { Card } from '@/components/ui/card';
import { useRefresh } from '@/components/ui/connection/use-refresh';
import { ProgressBar } from '@/components/ui/progress-bar';
import type { ListView } from '@/lib/lists/rules/view';
import { bytesWords } from '@/lib/lists/rules/storage';
import { type UploadState, readUpload, subscribeToUploads } from '../upload/uploads';
import { DiscardList, type ListAct } from './discard-list';
import { ResumeUpload } from './resume-upload';
import { useIntake } from './use-intake';

/** A file that is being uploaded, or whose upload stopped halfway. */
export function UploadingPanel({ list, discard }: { list: ListView; discard: ListAct }) {
  const refresh = useRefresh();
  const upload = useUpload(list.id);
  const { file } = useIntake(list);
  const isSent = upload?.status === 'sent';
  useEffect(() => {
    if (isSent) refresh();
  }, [isSent, refresh]);
  if (upload?.status === 'refused') {
    return (
      <Alert
        tone="danger"
        title="The upload was refused"
        actions={<DiscardList listId={list.id} discard={discard} isDiscarded />}
      >
        {upload.message}
      </Alert>
    );
  }
  if (upload === null) return <ResumeUpload list={list} receivedBytes={file.receivedBytes} discard={discard} />;
  return (
    <Card title="Uploading the file">
      <ProgressBar share={upload.totalBytes === 0 ? null : upload.sentBytes / upload.totalBytes} label="Upload" />
      <p className="mt-2 text-table text-muted tabular-nums">{uploadWords(upload)}</p>
      {upload.retryInMs !== null && (
        <Alert tone="warning" className="mt-4">
          Connection lost. The upload continues as soon as it’s back.
        </Alert>
      )}
      <p className="mt-4 text-table text-muted">You can open other pages in the meantime. Just keep this tab open.</p>
      <div className="mt-4">
        <DiscardList listId={list.id} discard={discard} label="Cancel the upload" />
      </div>
    </Card>
  );
}

function uploadWords({ sentBytes, totalBytes, bytesASecond }: UploadState): string {
  const percent = totalBytes === 0 ? 0 : Math.floor((sentBytes / totalBytes) * 100);
  const parts = [`${percent}%`, `${bytesWords(sentBytes)} of ${bytesWords(totalBytes)}`];
  if (bytesASecond !== null && bytesASecond > 0) {
    parts.push(`${bytesWords(Math.round(bytesASecond))} a second`);
    parts.push(leftWords((totalBytes - sentBytes) / bytesASecond));
  }
  return parts.join(' · ');
}

function leftWords(seconds: number): string {
  if (seconds < 60) return `about ${Math.max(1, Math.ceil(seconds))} s left`;
  return `about ${Math.ceil(seconds / 60)} min left`;
}

const none = (): null => null;

/** The upload of a list in this tab; null if there is none. */
const useUpload = (listId: string): UploadState | null =>
  useSyncExternalStore(subscribeToUploads, () => readUpload(listId), none);
