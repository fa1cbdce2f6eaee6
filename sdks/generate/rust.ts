import { type Files, NOTICE, pascal, withoutKinds } from './emit';
import { type Field, type Model, type Type, WORDS } from './models';

const KEYWORDS: Readonly<Record<string, string>> = { type: 'r#type' };
const HEAD = `// ${NOTICE}\nuse serde::{Deserialize, Serialize};\nuse std::collections::HashMap;`;

export function emitRust(models: readonly Model[]): Files {
  const text = [HEAD, ...Object.entries(WORDS).map(wordsOf), ...withoutKinds(models).map(structOf)];
  return { 'rust/src/models.rs': `${text.join('\n\n')}\n` };
}

function wordsOf([name, words]: [string, readonly string[]]): string {
  const variants = words.map((word) => `    ${pascal(word)},`);
  const other = '    /// A value that this version does not know.\n    #[serde(untagged)]\n    Other(String),';
  const derive =
    '#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]\n#[serde(rename_all = "snake_case")]\n#[non_exhaustive]';
  return `${derive}\npub enum ${name} {\n${variants.join('\n')}\n${other}\n}`;
}

function structOf({ name, fields }: Model): string {
  const lines = fields.map((field) => `${optionOf(field)}    pub ${KEYWORDS[field.name] ?? field.name}: ${typeOf(field)},`);
  return `#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]\n#[non_exhaustive]\npub struct ${name} {\n${lines.join('\n')}\n}`;
}

const isOption = ({ type, isNullable, isAbsent }: Field): boolean => type.kind !== 'json' && (isNullable || isAbsent);
const optionOf = (field: Field): string => (field.isAbsent ? '    #[serde(default)]\n' : '');
const typeOf = (field: Field): string => (isOption(field) ? `Option<${plain(field.type)}>` : plain(field.type));

function plain(type: Type): string {
  switch (type.kind) {
    case 'string':
      return 'String';
    case 'int':
      return 'i64';
    case 'number':
      return 'f64';
    case 'bool':
      return 'bool';
    case 'json':
      return 'serde_json::Value';
    case 'words':
      return type.name ?? 'String';
    case 'array':
      return `Vec<${plain(type.of)}>`;
    case 'map':
      return `HashMap<String, ${plain(type.of)}>`;
    case 'model':
      return type.name;
  }
}
