const edits = `Your reply is plain text: a short header, then one fenced block per edit, then the line \`END OF REPLY\`.

\`\`\`\`text
status: edits
rootCause: The total is multiplied before it is rounded, so cents drift apart from the sum that was shown.
summary: Round once, where the total is made.
risks:
- Stored totals from before keep their drift.
followUps:
- title: Recompute stored totals
  detail: Orders written before this fix differ by up to one cent.
  agent: backend
  paths: packages/shop/src/reports/totals.ts

\`\`\`ts
packages/shop/src/price.ts
<<<<<<< SEARCH
export function total(net: number, rate: number): number {
  return net * rate;
=======
export function total(net: number, rate: number): number {
  return roundCents(net * rate);
>>>>>>> REPLACE
\`\`\`

END OF REPLY
\`\`\`\`

- The path stands alone in the line above the opening marker, as it is shown in the headings below.
- SEARCH holds whole lines, copied exactly from the file, and must occur there exactly once. Take as few lines as that needs.
- Several blocks may change one file; they are made in order. Blocks that change the same lines must be one block.
- A new file: \`<<<<<<< CREATE\`, its whole text, \`>>>>>>> CREATE\`. A file to remove: \`<<<<<<< DELETE\`, then \`>>>>>>> DELETE\`.
  To rename: \`<<<<<<< RENAME\`, the new path, \`>>>>>>> RENAME\`.
- Write all code out. A placeholder such as \`// ... existing code ...\` is refused.
- Where code holds lines like the markers themselves, use more \`<\`, \`=\`, \`>\` characters, the same number in all three.
- Other header keys, when they apply: \`dependencies\` (why a dependency is added), \`justification\` (why the change is larger than the goal).
- All or nothing: one fault, and no part of the reply is used.`;

const other = `If you would have to guess what the person wants, do not guess: answer with \`status: question\` and one \`question:\`. The work then stops
until a person has answered. If the task should not or cannot be done as it is given, or there is nothing to do
for you, answer with \`status: decline\` and \`decline:\` with the reason.`;

/** How a specialist answers. `docs/reply-format.md` is the long form for people. */
export function replyFormat(contextRoundsLeft: number | undefined): string {
  return [edits, askFormat(contextRoundsLeft), other].join('\n\n');
}

function askFormat(roundsLeft: number | undefined): string {
  if (roundsLeft === 0) return 'You cannot ask to see more in this task. Answer with edits, a question or a decline.';
  const limit = roundsLeft === undefined ? '' : ` You can do this at most ${roundsLeft === 1 ? 'once more' : `${roundsLeft} more times`}, so ask for everything at once.`;
  return `If you need to see more, or to edit a file outside your lease, ask first and send no edits.${limit}

\`\`\`text
status: needs
why: The rounding helper is called here and not shown.
read:
- packages/shop/src/round.ts
- packages/shop/src/orders.ts#saveOrder
- packages/shop/src/report.ts:40-90
edit:
- packages/shop-contracts/src/price.ts
irrelevant:
- packages/shop/src/banner.ts
\`\`\`

\`read\`: paths, with \`#symbol\` or \`:first-last\` line where a part is enough. \`edit\`: paths that you must change and may not yet; inside your
domain that is granted. \`irrelevant\`: shown files that do not help; they are left out next time. Leave out the lists that you do not need.`;
}

/** For whoever changes files in a clone: the difference is the reply, only what cannot be seen in it is written. */
export const cloneFormat = `Change, create, rename or remove text files in the current directory. Whole files count: no build output, no symbolic links, no file modes, no
binary files. Files that git ignores are not taken. All or nothing: one fault, and no part of the work is used.

When the files are as they should be, end with this header as your last message, and nothing behind it:

\`\`\`\`text
status: edits
rootCause: The total is multiplied before it is rounded, so cents drift apart from the sum that was shown.
summary: Round once, where the total is made.
risks:
- Stored totals from before keep their drift.
followUps:
- title: Recompute stored totals
  detail: Orders written before this fix differ by up to one cent.
  agent: backend
  paths: packages/shop/src/reports/totals.ts
\`\`\`\`

Other keys, when they apply: \`dependencies\` (why a dependency is added), \`justification\` (why the change is larger than the goal). A file that you must
change and may not yet: change nothing, end with \`status: needs\`, \`why:\` and an \`edit:\` list of paths; inside your domain that is granted.

${other}`;
