import { type Files, NOTICE, withoutKinds } from './emit';
import { isOptional, type Model, type Type, WORDS } from './models';

const KEYWORDS: Readonly<Record<string, string>> = { from: 'from_' };

export function emitPython(models: readonly Model[]): Files {
  const words = Object.entries(WORDS).map(
    ([name, all]) => `${name} = Literal[${all.map((word) => `\n    "${word}",`).join('')}\n]`,
  );
  const head = `# ${NOTICE}\nfrom __future__ import annotations\n\nfrom typing import Any, Dict, List, Literal, Optional\n\nfrom ._reader import Model`;
  const text = [head, words.join('\n'), ...withoutKinds(models).map(classOf)].join('\n\n\n');
  return { 'python/src/email_verifier/models.py': `${text}\n` };
}

function classOf({ name, fields }: Model): string {
  const required = fields
    .filter((field) => !isOptional(field))
    .map((field) => `    ${nameOf(field.name)}: ${typeOf(field.type)}`);
  const optional = fields.filter(isOptional).map((field) => `    ${nameOf(field.name)}: Optional[${typeOf(field.type)}] = None`);
  return `class ${name}(Model):\n${[...required, ...optional].join('\n')}`;
}

const nameOf = (field: string): string => KEYWORDS[field] ?? field;

function typeOf(type: Type): string {
  switch (type.kind) {
    case 'string':
      return 'str';
    case 'int':
      return 'int';
    case 'number':
      return 'float';
    case 'bool':
      return 'bool';
    case 'json':
      return 'Any';
    case 'words':
      return type.name ?? 'str';
    case 'array':
      return `List[${typeOf(type.of)}]`;
    case 'map':
      return `Dict[str, ${typeOf(type.of)}]`;
    case 'model':
      return type.name;
  }
}
