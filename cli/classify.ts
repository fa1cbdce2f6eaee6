// `classify --stdin`: reads `{"code","enhanced","text","stage"}` a line and prints the same object with its meaning and rule.
import { Command } from 'commander';
import { z } from 'zod';
import { REPLY_STAGES } from '@/lib/domain/reply';
import { classifyReply } from '@/worker/engine/replies/classify';
import { inputLines, printLine } from './lines';

const replyLine = z.looseObject({
  code: z.coerce.number().int().min(100).max(999),
  enhanced: z.string().nullable().default(null),
  text: z.string().default(''),
  stage: z.enum([...REPLY_STAGES, 'unknown']).catch('unknown'),
  provider: z.string().nullable().default(null),
});

export function classifyCommand(): Command {
  return new Command('classify')
    .description('say what SMTP replies mean')
    .requiredOption('--stdin', 'read one reply a line: {"code","enhanced","text","stage"}')
    .action(classifyLines);
}

async function classifyLines(): Promise<void> {
  let number = 0;
  for await (const line of inputLines()) {
    number++;
    const given = parseJson(line);
    const reply = replyLine.safeParse(given);
    if (!reply.success) {
      console.error(`line ${number}: ${z.prettifyError(reply.error)}`);
      process.exitCode = 1;
      continue;
    }
    await printLine({ ...Object(given), ...classifyReply(reply.data) });
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
