import { type Files, NOTICE } from './emit';
import { type Field, type Model, type Type, WORDS } from './models';

/** Status tells a final verification from a pending one. */
const VERIFICATION = 'export type Verification = FinalVerification | PendingVerification;';

const WIDTH = 130;

export function emitTypeScript(models: readonly Model[]): Files {
  const words = Object.entries(WORDS).map(
    ([name, all]) => `// prettier-ignore\n${fitted(`export type ${name} = `, union(all), '  ')}`,
  );
  const interfaces = models.filter(({ name }) => name !== 'Verification').map(interfaceOf);
  return { 'typescript/src/models.ts': `${[`// ${NOTICE}`, ...words, ...interfaces, VERIFICATION].join('\n\n')}\n` };
}

const union = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(' | ');

/** On one line if it fits, else with one line for each member of a union, as the formatter writes it. */
function fitted(before: string, type: string, indent: string): string {
  const line = `${before}${type};`;
  if (line.length <= WIDTH) return line;
  const list = /^\((.*)\)\[\]$/.exec(type)?.[1];
  const members = (list ?? type).split(' | ').map((word) => `${indent}| ${word}`);
  if (list === undefined) return `${before.trimEnd()}\n${members.join('\n')};`;
  return `${before}(\n${members.join('\n')}\n${indent.slice(2)})[];`;
}

function interfaceOf({ name, fields }: Model): string {
  const lines = fields.map((field) => {
    const type = typeOf(field) + (field.isNullable ? ' | null' : '');
    return fitted(`  ${field.name}${field.isAbsent ? '?' : ''}: `, type, '    ');
  });
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
