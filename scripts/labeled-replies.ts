// Reads files of labeled replies, one JSON object a line, for the scripts that score and learn. The files stay where they are.
import { readFileSync } from 'node:fs';
import { stderr } from 'node:process';
import { z } from 'zod';
import { REPLY_MEANINGS, REPLY_STAGES } from '@/lib/verdict/evidence';

const Labeled = z.object({
  id: z.string().default('?'),
  code: z.coerce.number(),
  enhanced: z.string().nullish(),
  text: z.string(),
  // Stages that the classifier does not know (data, eod, vrfy) become `unknown`.
  stage: z.enum(REPLY_STAGES).or(z.literal('unknown')).catch('unknown'),
  provider: z.string().nullish(),
  label: z.enum(REPLY_MEANINGS),
  also_ok: z.array(z.string()).default([]),
  source: z.union([z.string().transform((name) => [name]), z.array(z.string())]).default([]),
});
export type LabeledReply = z.infer<typeof Labeled>;

/** Null, with a message on standard error, if a file cannot be read. */
export function readLabeled(file: string): LabeledReply[] | null {
  try {
    const lines = readFileSync(file, 'utf8')
      .replace(/^\uFEFF/, '')
      .split('\n');
    return lines.filter((text) => text.trim() !== '').map((text) => Labeled.parse(JSON.parse(text)));
  } catch (error) {
    stderr.write(
      `${file} cannot be read as labeled replies, one JSON object a line: ${error instanceof Error ? error.message : ''}\n`,
    );
    return null;
  }
}
