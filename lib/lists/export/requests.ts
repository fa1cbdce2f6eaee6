// How an export of a list is asked for: by the API, a form or a link. Unknown fields are refused, except in a link's payload, which another
// release may have written.
import { z } from 'zod';
import { listFilterFields } from '../requests';
import { EXPORT_COLUMN_SETS, EXPORT_FORMATS, EXPORT_SEGMENTS, type ExportWish } from '../rules/export';

const yesOrNo = z.enum(['true', 'false']);

/** File formats as a page names them: `excel` is CSV with Excel's byte order mark. */
const FILE_CHOICES = ['excel', 'xlsx', 'csv', 'jsonl'] as const;

/** Which sets of columns; naming all of them is the same as leaving this out. */
const columnSets = z
  .array(z.enum(EXPORT_COLUMN_SETS))
  .min(1)
  .transform((sets) => {
    const chosen = EXPORT_COLUMN_SETS.filter((set) => sets.includes(set));
    return chosen.length === EXPORT_COLUMN_SETS.length ? undefined : chosen;
  });

/** Empty fields count as left out. Each checked box of the columns is a field with the same name. */
function fieldsOf(form: FormData): Record<string, unknown> {
  const fields = Object.fromEntries([...form].filter(([, value]) => value !== ''));
  return form.has('columns') ? { ...fields, columns: form.getAll('columns') } : fields;
}

export const exportFormSchema = z.preprocess(
  (form) => (form instanceof FormData ? fieldsOf(form) : form),
  z
    .strictObject({
      segment: z.enum(EXPORT_SEGMENTS).default('all'),
      file: z.enum(FILE_CHOICES).default('excel'),
      columns: columnSets.optional(),
      ...listFilterFields,
    })
    .transform(({ segment, file, columns, ...filter }): ExportWish => ({
      segment,
      columns,
      format: file === 'excel' ? 'csv' : file,
      bom: file === 'excel',
      filter,
    })),
);

/** The payload of a link. It is checked even though its signature is valid, because an older release may have written it. */
export const linkPayloadSchema = z.object({
  list: z.string(),
  workspace: z.string(),
  /** Epoch seconds. */
  until: z.int(),
  wish: z.object({
    segment: z.enum(EXPORT_SEGMENTS),
    format: z.enum(EXPORT_FORMATS),
    bom: z.boolean(),
    columns: z.array(z.enum(EXPORT_COLUMN_SETS)).optional(),
    filter: z.object(listFilterFields),
  }),
});

export const exportQuerySchema = z
  .strictObject({
    segment: z
      .enum(EXPORT_SEGMENTS)
      .default('all')
      .describe('Which rows: `all` by default, those with this recommendation, or the `rejected` rows, which hold no address.'),
    format: z.enum(EXPORT_FORMATS).default('csv').describe('The format of the file; `csv` by default.'),
    bom: yesOrNo.default('false').describe('Whether CSV begins with the byte order mark that tells Excel that it is UTF-8.'),
    columns: z
      .string()
      .transform((text) => text.split(','))
      .pipe(columnSets)
      .optional()
      .describe(
        `Sets of columns, separated by commas: ${EXPORT_COLUMN_SETS.map((set) => `\`${set}\``).join(', ')}. All of them by default.`,
      ),
    ...listFilterFields,
  })
  .refine(({ bom, format }) => bom === 'false' || format === 'csv', { path: ['bom'], message: 'is for csv only' })
  .transform(({ segment, format, bom, columns, ...filter }): ExportWish => ({
    segment,
    format,
    columns,
    bom: bom === 'true',
    filter,
  }));
