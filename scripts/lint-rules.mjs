// Two lint rules of this project.

/** Only one file reads settings, so that a missing setting is found at startup and not at first use. */
const settingsHaveOneReader = {
  create: (context) => ({
    "MemberExpression[object.name='process'][property.name='env']": (node) =>
      context.report({ node, message: 'Only lib/platform/env.ts reads process.env.' }),
  }),
};

/** A type argument on a query checks nothing, so the rows that the database returns are parsed. */
const rowsAreParsed = {
  create(context) {
    const report = (node) =>
      context.report({ node, message: 'A type argument checks nothing: rows are parsed by lib/platform/db/rows.ts.' });
    return {
      'TaggedTemplateExpression[typeArguments] > MemberExpression.tag[property.name=/^[$]queryRaw/]': report,
      'CallExpression[typeArguments][callee.property.name=/^([$]queryRaw(Unsafe)?|query)$/]': report,
    };
  },
};

const house = {
  meta: { name: 'house' },
  rules: { 'settings-have-one-reader': settingsHaveOneReader, 'rows-are-parsed': rowsAreParsed },
};

export default house;
