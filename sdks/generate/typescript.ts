import { format, resolveConfig } from 'prettier';
import { type Files, NOTICE } from './emit';
import { type Field, type Model, type Type, WORDS } from './models';

/** A final verification and a pending one are told apart by their status. */
const VERIFICATION = 'export type Verification = FinalVerification | PendingVerification;';

export async function emitTypeScript(models: readonly Model[]): Promise<Files> {
  const words = Object.entries(WORDS).map(([name, all]) => `export type ${name} = ${union(all)};`);
  const interfaces = models.filter(({ name }) => name !== 'Verification').map(interfaceOf);
  const text = [`// ${NOTICE}`, ...words, ...interfaces, VERIFICATION].join('\n\n');
  const path = 'typescript/src/models.ts';
  return { [path]: await format(text, { ...(await resolveConfig('package.json')), parser: 'typescript' }) };
}

const union = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(' | ');

function interfaceOf({ name, fields }: Model): string {
  const lines = fields.map(
    (field) => `  ${field.name}${field.isAbsent ? '?' : ''}: ${typeOf(field)}${field.isNullable ? ' | null' : ''};`,
  );
  return `export interface ${name} {\n${lines.join('\n')}\n}`;
}

/** `pending` is never a final verdict. */
const typeOf = ({ type }: Field): string =>
  type.kind === 'words' && type.name === 'Status' && !type.words.includes('pending')
    ? `Exclude<Status, 'pending'>`
    : nameOf(type);

function nameOf(type: Type): string {
  switch (type.kind) {
    case 'string':
      return 'string';
    case 'int':
    case 'number':
      return 'number';
    case 'bool':
      return 'boolean';
    case 'json':
      return 'unknown';
    case 'words':
      return type.name ?? union(type.words);
    case 'array':
      return type.of.kind === 'words' ? `(${nameOf(type.of)})[]` : `${nameOf(type.of)}[]`;
    case 'map':
      return `Record<string, ${nameOf(type.of)}>`;
    case 'model':
      return type.name;
  }
}
