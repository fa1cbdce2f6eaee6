// Two rules of this project, for the linter.

/** Settings have one reader, so that a missing one is found at start and not at first use. */
const settingsHaveOneReader = {
  create: (context) => ({
    "MemberExpression[object.name='process'][property.name='env']": (node) =>
      context.report({ node, message: 'Only lib/platform/env.ts reads process.env.' }),
  }),
};

/** A type argument of a query checks nothing: what the database answers is parsed. */
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
