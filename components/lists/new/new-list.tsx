'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Alert } from '@/components/ui/alert';
import { bytesWords, type Stored } from '@/lib/lists/rules/storage';
import { LIST_FILE_MAX_BYTES, LIST_ROWS_MAX } from '@/lib/platform/limits';
import { formatCount } from '@/lib/platform/numbers';
import type { PolicyName } from '@/lib/verdict/verdict';
import { findUploadOf, forgetFile } from '../upload/known-files';
import { beginUpload, firstWish, getUpload, type ListWish, type UploadFacts } from '../upload/lists-api';
import { startUpload } from '../upload/uploads';
import { ChosenFile } from './chosen-file';
import { DropZone } from './drop-zone';
import { fileProblem } from './file-problem';

interface NewListProps {
  /** What the plan can store at most, and how much room is left. */
  keeps: Stored;
  left: Stored;
  /** The workspace's. */
  policy: PolicyName;
}

/** Takes a file, starts its upload and opens the list's page. */
export function NewList({ keeps, left, policy }: NewListProps) {
  const router = useRouter();
  const [file, setFile] = useState<File | null>(null);
  const [wish, setWish] = useState(firstWish(policy));
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const choose = (chosen: File) => {
    const found = fileProblem(chosen, left.bytes);
    setProblem(found);
    setFile(found === null ? chosen : null);
  };
  const send = async (chosen: File) => {
    setIsBusy(true);
    const facts = (await goOn(chosen)) ?? (await begin(chosen, wish));
    if (typeof facts === 'string') {
      setProblem(facts);
      setIsBusy(false);
      return;
    }
    startUpload(facts, chosen);
    router.push(`/lists/${facts.id}`);
  };
  return (
    <div className="flex flex-col gap-4">
      {problem !== null && <Alert tone="danger">{problem}</Alert>}
      {file === null ? (
        <DropZone title="Drop a file here" buttonLabel="Choose a file" onFile={choose}>
          <p>
            CSV, TSV, TXT or XLSX, also gzipped. Up to {bytesWords(Math.min(LIST_FILE_MAX_BYTES, keeps.bytes))} and{' '}
            {formatCount(Math.min(LIST_ROWS_MAX, keeps.rows))} rows.
          </p>
          <p className="mt-1 text-table">
            <a href="/lists/sample" download className="text-accent underline underline-offset-2">
              Download a sample file
            </a>
          </p>
        </DropZone>
      ) : (
        <ChosenFile
          file={file}
          wish={wish}
          onWish={setWish}
          isBusy={isBusy}
          onOther={() => setFile(null)}
          onSend={() => void send(file)}
        />
      )}
    </div>
  );
}

/** An upload of the same file that was interrupted in this browser. */
async function goOn(file: File): Promise<UploadFacts | null> {
  const listId = findUploadOf(file);
  if (listId === null) return null;
  const found = await getUpload(listId);
  if (found.ok && found.value.isOpen) return found.value;
  forgetFile(listId);
  return null;
}

async function begin(file: File, wish: ListWish): Promise<UploadFacts | string> {
  const begun = await beginUpload(file, wish);
  return begun.ok ? begun.value : begun.message;
}
