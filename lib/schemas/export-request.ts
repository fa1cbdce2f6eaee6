// What is asked of an export, by the API, by a page's form and by a link.
import { z } from 'zod';
import { EXPORT_FORMATS, EXPORT_SEGMENTS, type ExportWish } from '@/lib/domain/export';
import { listFilterFields } from './list-filter';

const word = z.enum(['true', 'false']);

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
