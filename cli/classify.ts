// `classify --stdin`: reads one `{"code","enhanced","text","stage"}` a line and prints the same object with its meaning and rule.
import { Command } from 'commander';
import { z } from 'zod';
import { parseJson } from '@/lib/platform/json';
import { REPLY_STAGES } from '@/lib/verdict/evidence';
import { classifyReply } from '@/worker/engine/replies/classify';
import { endWithReader, inputLines, printLine } from './lines';

/** An unreadable field counts as missing, so that every object gets its line. */
const replyLine = z.looseObject({
  code: z.coerce.number().int().catch(0),
  enhanced: z.string().nullable().catch(null),
  text: z.string().catch(''),
  stage: z
    .string()
    .toLowerCase()
    .pipe(z.enum([...REPLY_STAGES, 'unknown']))
    .catch('unknown'),
  provider: z.string().nullable().catch(null),
});

export function classifyCommand(): Command {
  return new Command('classify')
    .description('Explain what SMTP replies mean.')
    .requiredOption('--stdin', 'read one reply per line: {"code","enhanced","text","stage"}')
    .action(classifyLines);
}

async function classifyLines(): Promise<void> {
  endWithReader();
  let number = 0;
  for await (const line of inputLines()) {
    number++;
    const given = parseJson(line.trim());
    const reply = replyLine.safeParse(given);
    if (!reply.success) {
      console.error(`line ${String(number)} is not a JSON object`);
      process.exitCode = 1;
      continue;
    }
    await printLine({ ...Object(given), ...classifyReply(reply.data) });
  }
}
