// What is asked of an export, by the API, by a page's form and by a link.
import { z } from 'zod';
import { EXPORT_FORMATS, EXPORT_SEGMENTS, type ExportWish } from '@/lib/domain/export';
import { listFilterFields } from './list-filter';

const word = z.enum(['true', 'false']);

/** Kinds of file as a page names them: CSV with the mark for Excel is one of its own. */
export const FILE_CHOICES = ['excel', 'xlsx', 'csv', 'jsonl'] as const;
export type FileChoice = (typeof FILE_CHOICES)[number];

/** Empty fields of a form are none. */
export const exportFormSchema = z.preprocess(
  (form) => (form instanceof FormData ? Object.fromEntries([...form].filter(([, value]) => value !== '')) : form),
  z
    .strictObject({
      segment: z.enum(EXPORT_SEGMENTS).default('all'),
      file: z.enum(FILE_CHOICES).default('excel'),
      ...listFilterFields,
    })
    .transform(({ segment, file, ...filter }): ExportWish => ({
      segment,
      format: file === 'excel' ? 'csv' : file,
      bom: file === 'excel',
      filter,
    })),
);

/** What a link holds: checked after its signature, because an older release may have written it. */
export const linkPayloadSchema = z.object({
  list: z.string(),
  workspace: z.string(),
  /** Epoch seconds. */
  until: z.int(),
  wish: z.object({
    segment: z.enum(EXPORT_SEGMENTS),
    format: z.enum(EXPORT_FORMATS),
    bom: z.boolean(),
    filter: z.object(listFilterFields),
  }),
});

/** Everything as CSV unless told otherwise. */
export const exportQuerySchema = z
  .strictObject({
    segment: z.enum(EXPORT_SEGMENTS).default('all'),
    format: z.enum(EXPORT_FORMATS).default('csv'),
    bom: word.default('false'),
    ...listFilterFields,
  })
  .refine(({ bom, format }) => bom === 'false' || format === 'csv', { path: ['bom'], message: 'is for csv only' })
  .transform(({ segment, format, bom, ...filter }): ExportWish => ({ segment, format, bom: bom === 'true', filter }));
