/** Replies as a specialist would hand them in, in the documented format. */
const edit = (body: string, notes: string): string => `status: edits\n${notes}\n\n${body}\n`;

const block = (path: string, search: string, replace: string): string =>
  ['```', path, '<<<<<<< SEARCH', search, '=======', replace, '>>>>>>> REPLACE', '```'].join('\n');

export const replaceIn = (path: string, search: string, replace: string): string => edit(block(path, search, replace), 'summary: change');

/** Red on base because the bug is in `contracts`; the test lies in `backend`. */
export const soundTest = edit(
  block(
    'packages/backend/src/checkout.spec.js',
    "test('a large order is delivered free', () => {",
    "test('an order of exactly 50 is delivered free', () => {\n  expect(checkout(50).fee).toBe(0);\n});\n\ntest('a large order is delivered free', () => {",
  ),
  'summary: an order of exactly 50 through the checkout',
);

export const soundFix = edit(
  block('packages/contracts/src/delivery.js', '  return total > 50 ? 0 : 4.9;', '  return total >= 50 ? 0 : 4.9;'),
  'rootCause: The comparison left out the boundary that the terms include.\nrisks:\n  - none known',
);

export const wrongFix = edit(
  block('packages/contracts/src/delivery.js', '  return total > 50 ? 0 : 4.9;', '  return total > 51 ? 0 : 4.9;'),
  'rootCause: A guess.',
);

/** Passes on base, so it proves nothing. */
export const greenTest = edit(
  block(
    'packages/backend/src/checkout.spec.js',
    "test('a large order is delivered free', () => {",
    "test('an order of 90 is delivered free', () => {\n  expect(checkout(90).fee).toBe(0);\n});\n\ntest('a large order is delivered free', () => {",
  ),
  'summary: not the bug',
);

/** Edits and a whole folder of new files: long enough to be caught while it is written. */
export const withManyFiles = (reply: string, folder: string, count: number): string => {
  const files = Array.from({ length: count }, (_, index) => ['```', `${folder}/case-${String(index).padStart(4, '0')}.js`, '<<<<<<< CREATE', `// ${'x'.repeat(3000)}`, 'module.exports = 1;', '>>>>>>> CREATE', '```'].join('\n'));
  return `${reply}\n${files.join('\n\n')}\n`;
};
