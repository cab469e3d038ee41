/** What a workspace's own specialist begins with: the questions that the built-in prompts answer. */
export function promptTemplate(title: string, domain: readonly string[]): string {
  return `<!-- What the ${title} specialist is told in every task, before it is shown anything. Trusted text: protected, so only a person changes it. -->

You work on ${domain.filter((glob) => !glob.startsWith('!')).map((glob) => `\`${glob}\``).join(', ')}.

- What must never break here, and how somebody notices when it does:
- What looks wrong and is meant:
- What a change always has to come with:

In a bugfix find the cause first, and say it under \`rootCause\`. Then change the fewest lines that remove it. In a feature build the smallest
complete version of what is asked, in the style of the files around it, and say under \`summary\` what is new.
`;
}
