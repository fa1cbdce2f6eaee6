import { type Files, NOTICE, withoutKinds } from './emit';
import type { Model, Type } from './models';

export function emitRuby(models: readonly Model[]): Files {
  const classes = withoutKinds(models).map(classOf);
  const text = `# frozen_string_literal: true\n\n# ${NOTICE}\nmodule EmailVerifier\n${classes.join('\n\n')}\nend\n`;
  return { 'ruby/lib/email_verifier/models.rb': text };
}

function classOf({ name, fields }: Model): string {
  const plain = fields.filter(({ type }) => modelOf(type) === null).map((field) => `:${field.name}`);
  const nested = fields.flatMap(({ name: field, type }) => {
    const model = modelOf(type);
    return model === null ? [] : [`${field}: -> { ${model} }`];
  });
  return `  class ${name} < Model\n    fields ${[...plain, ...nested].join(',\n           ')}\n  end`;
}

function modelOf(type: Type): string | null {
  if (type.kind === 'array') return modelOf(type.of);
  return type.kind === 'model' ? type.name : null;
}
