import { camel, type Files, NOTICE, withoutKinds } from './emit';
import { isOptional, type Field, type Model, type Type, WORDS } from './models';

const HEAD = `<?php\n// ${NOTICE}\ndeclare(strict_types=1);\n\nnamespace EmailVerifier\\Model;\n`;

export function emitPhp(models: readonly Model[]): Files {
  const words = Object.entries(WORDS).map(([name, all]): [string, string] => [name, wordsOf(name, all)]);
  const classes = withoutKinds(models).map((model): [string, string] => [model.name, classOf(model)]);
  return Object.fromEntries([...words, ...classes].map(([name, text]) => [`php/src/Model/${name}.php`, `${HEAD}\n${text}`]));
}

function wordsOf(name: string, words: readonly string[]): string {
  const lines = words.map((word) => `    public const ${word.toUpperCase()} = '${word}';`);
  return `/** Constants rather than an enum, because later API versions may add values. */\nfinal class ${name}\n{\n${lines.join('\n')}\n}\n`;
}

function classOf({ name, fields }: Model): string {
  const ordered = [...fields.filter((field) => !isOptional(field)), ...fields.filter(isOptional)];
  const lines = ordered.map(
    (field) =>
      `${docOf(field)}        public readonly ${typeOf(field)} $${camel(field.name)}${isOptional(field) ? ' = null' : ''},`,
  );
  const models = fields.flatMap(({ name: field, type }) =>
    type.kind === 'array' && type.of.kind === 'model' ? [`'${camel(field)}' => ${type.of.name}::class`] : [],
  );
  const arrays = models.length === 0 ? '' : `    protected const ARRAYS = [${models.join(', ')}];\n\n`;
  return `final class ${name} extends Model\n{\n${arrays}    public function __construct(\n${lines.join('\n')}\n    ) {\n    }\n}\n`;
}

function docOf({ type, isNullable, isAbsent }: Field): string {
  const orNull = isNullable || isAbsent ? '|null' : '';
  if (type.kind === 'array') return `        /** @var list<${plain(type.of)}>${orNull} */\n`;
  return type.kind === 'map' ? `        /** @var array<string, ${plain(type.of)}>${orNull} */\n` : '';
}

const typeOf = (field: Field): string =>
  isOptional(field) && field.type.kind !== 'json' ? `?${plain(field.type)}` : plain(field.type);

function plain(type: Type): string {
  switch (type.kind) {
    case 'string':
    case 'words':
      return 'string';
    case 'int':
      return 'int';
    case 'number':
      return 'float';
    case 'bool':
      return 'bool';
    case 'json':
      return 'mixed';
    case 'array':
    case 'map':
      return 'array';
    case 'model':
      return type.name;
  }
}
