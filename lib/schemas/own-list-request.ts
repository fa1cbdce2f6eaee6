// What our own pages send to bring a list in.
import { z } from 'zod';
import { LIST_NAME_MAX_CHARS, PASTE_MAX_BYTES } from '@/lib/domain/limits';
import { POLICY_NAMES } from '@/lib/domain/recommendation';

const settings = {
  name: z.string().max(LIST_NAME_MAX_CHARS).optional(),
  policy: z.enum(POLICY_NAMES),
  retentionDays: z.int(),
};

const FILE_NAME_MAX_CHARS = 1_000;

export const beginListSchema = z.strictObject({
  ...settings,
  fileName: z.string().min(1).max(FILE_NAME_MAX_CHARS),
  sizeBytes: z.int().min(0),
});

/** The service counts bytes; no text of fewer bytes has more characters. */
export const pasteListSchema = z.strictObject({ ...settings, text: z.string().max(PASTE_MAX_BYTES) });
