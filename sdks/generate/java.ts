import { camel, type Files, NOTICE, withoutKinds } from './emit';
import { isOptional, type Field, type Model, type Type, WORDS } from './models';

const FOLDER = 'java/src/main/java/dev/emailverifier/model';

export function emitJava(models: readonly Model[]): Files {
  const words = Object.entries(WORDS).map(([name, all]): [string, string] => [name, wordsOf(name, all)]);
  const classes = withoutKinds(models).map((model): [string, string] => [model.name, classOf(model)]);
  return Object.fromEntries([...words, ...classes].map(([name, text]) => [`${FOLDER}/${name}.java`, text]));
}

function wordsOf(name: string, words: readonly string[]): string {
  const lines = words.map((word) => `    public static final String ${word.toUpperCase()} = "${word}";`);
  const doc = '/** Constants rather than an enum, because later API versions may add values. */';
  return `// ${NOTICE}\npackage dev.emailverifier.model;\n\n${doc}\npublic final class ${name} {\n${lines.join('\n')}\n\n    private ${name}() {}\n}\n`;
}

function classOf({ name, fields }: Model): string {
  const imports = ['List', 'Map'].filter((type) => fields.some((field) => typeOf(field).startsWith(`${type}<`)));
  const head = [`// ${NOTICE}`, 'package dev.emailverifier.model;', '', ...imports.map((type) => `import java.util.${type};`)];
  const kept = fields.map((field) => `    private ${typeOf(field)} ${camel(field.name)};`);
  const told = fields.map(
    (field) =>
      `\n${docOf(field)}    public ${typeOf(field)} ${camel(field.name)}() {\n        return ${camel(field.name)};\n    }`,
  );
  const gap = imports.length > 0 ? '\n' : '';
  return `${head.join('\n')}\n${gap}public final class ${name} {\n${kept.join('\n')}\n${told.join('\n')}\n}\n`;
}

const docOf = (field: Field): string => (isOptional(field) ? '    /** May be null. */\n' : '');

const typeOf = (field: Field): string => {
  const { kind } = field.type;
  if (isOptional(field)) return boxed(field.type);
  if (kind === 'int') return 'long';
  if (kind === 'number') return 'double';
  return kind === 'bool' ? 'boolean' : boxed(field.type);
};

function boxed(type: Type): string {
  switch (type.kind) {
    case 'string':
    case 'words':
      return 'String';
    case 'int':
      return 'Long';
    case 'number':
      return 'Double';
    case 'bool':
      return 'Boolean';
    case 'json':
      return 'Object';
    case 'array':
      return `List<${boxed(type.of)}>`;
    case 'map':
      return `Map<String, ${boxed(type.of)}>`;
    case 'model':
      return type.name;
  }
}
