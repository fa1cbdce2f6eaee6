'use client';

import { useSyncExternalStore } from 'react';
import { readUpload, subscribeToUploads, type UploadState } from './uploads';

const none = (): null => null;

/** The upload of a list in this tab; null where there is none. */
export const useUpload = (listId: string): UploadState | null =>
  useSyncExternalStore(subscribeToUploads, () => readUpload(listId), none);
