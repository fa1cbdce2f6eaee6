'use client';

import { useState, useSyncExternalStore } from 'react';
import { Alert } from '@/components/ui/alert';
import { ProgressBar } from '@/components/ui/progress-bar';
import type { ListView } from '@/lib/lists/rules/view';
import { bytesWords } from '@/lib/lists/rules/storage';
import { DropZone } from '../new/drop-zone';
import { isSameFile, recallFile } from '../upload/known-files';
import { getUpload } from '../upload/lists-api';
import { startUpload } from '../upload/uploads';
import { DiscardList, type ListAct } from './discard-list';

interface ResumeUploadProps {
  list: ListView;
  receivedBytes: number;
  discard: ListAct;
}

/** An upload that this tab knows nothing about: the page was closed, or the upload runs in another tab. */
export function ResumeUpload({ list, receivedBytes, discard }: ResumeUploadProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const isClient = useSyncExternalStore(noChanges, yes, no);
  const { name, sizeBytes } = list.file;
  const share = sizeBytes === 0 ? 0 : receivedBytes / sizeBytes;
  const goOn = async (file: File) => {
    if (!belongsTo(list, file)) {
      return setProblem(`This is another file. The upload was begun with “${name ?? ''}” of ${bytesWords(sizeBytes)}.`);
    }
    setProblem(null);
    const facts = await getUpload(list.id);
    if (facts.ok) startUpload(facts.value, file);
    else setProblem(facts.message);
  };
  // Only the browser knows whether this tab is uploading. The server's HTML must not show a broken upload, not even for a moment.
  if (!isClient) return null;
  return (
    <div className="flex flex-col gap-4">
      {problem !== null && <Alert tone="danger">{problem}</Alert>}
      <DropZone title="Choose the same file again to continue" buttonLabel="Choose the file" onFile={(file) => void goOn(file)}>
        <p>
          The upload of <span className="font-medium text-fg">{name}</span> isn’t running in this tab. {bytesWords(receivedBytes)}{' '}
          of {bytesWords(sizeBytes)} are here; only the rest is sent.
        </p>
        <ProgressBar share={share} label="Upload" className="mt-3" />
      </DropZone>
      <div>
        <DiscardList listId={list.id} discard={discard} label="Cancel the upload" />
      </div>
    </div>
  );
}

/** The browser that started the upload also knows the file's modification time. */
function belongsTo({ id, file }: ListView, chosen: File): boolean {
  const known = recallFile(id);
  return known === null ? chosen.name === file.name && chosen.size === file.sizeBytes : isSameFile(known, chosen);
}

const noChanges = () => () => undefined;
const yes = () => true;
const no = () => false;
