/** Prose only. There is nothing to prove red, and nothing that could break. */
export default {
  kind: 'sound',
  title: 'The READMEs of contracts and backend say how query flags and periods are read.',
  goal: {
    id: 'query-docs',
    type: 'feature',
    title: 'Write down how flags and periods in a query string are read',
    description:
      'Two bugs came from readers who guessed. packages/crm-contracts/README.md should say what a flag such as include_archived is read from, and packages/crm-backend/README.md that due_from and due_to are calendar days in UTC, both inclusive. Documentation only.',
    targetFiles: ['packages/crm-contracts/README.md', 'packages/crm-backend/README.md'],
  },
  files: {
    'packages/crm-contracts/README.md': {
      replace: [['and leave\nas numbers and flags.', 'and leave\nas numbers and flags. A flag is written out, `true` or `false`; an absent one is its default.']],
    },
    'packages/crm-backend/README.md': {
      replace: [['Tests start one embedded Postgres per file.', 'Periods in a query string (`due_from`, `due_to`) are calendar days in UTC, and both days belong to the period.\n\nTests start one embedded Postgres per file.']],
    },
  },
};
