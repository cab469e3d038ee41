/** One instruction, its words as written; continued lines are joined. */
export interface DockerInstruction {
  readonly keyword: string;
  readonly words: string;
}

/** A `FROM` and what follows it. */
export interface DockerStage {
  readonly image: string;
  readonly name?: string;
  readonly instructions: readonly DockerInstruction[];
}

/** The stages of a Dockerfile, in order. Here-documents and parser directives are not read: this project uses neither. */
export function readDockerfile(text: string): readonly DockerStage[] {
  const lines = text.split('\n').filter((line) => !line.trimStart().startsWith('#')).join('\n').replace(/\\\n/g, ' ').split('\n');
  const stages: DockerStage[] = [];
  for (const line of lines) {
    const [, keyword = '', words = ''] = /^\s*([A-Za-z]+)\s+(.*?)\s*$/.exec(line) ?? [];
    const last = stages.at(-1);
    if (keyword.toUpperCase() === 'FROM') {
      const [image = '', , name] = words.split(/\s+/);
      stages.push({ image, instructions: [], ...(name === undefined ? {} : { name }) });
    } else if (keyword !== '' && last !== undefined) {
      stages[stages.length - 1] = { ...last, instructions: [...last.instructions, { keyword: keyword.toUpperCase(), words }] };
    }
  }
  return stages;
}

/** Of one keyword in a stage. */
export function wordsOf(stage: DockerStage | undefined, keyword: string): readonly string[] {
  return (stage?.instructions ?? []).filter((each) => each.keyword === keyword).map(({ words }) => words);
}

/** What is copied from the build context, without what comes from another stage. */
export function sourcesOf(stages: readonly DockerStage[]): readonly string[] {
  return stages.flatMap((stage) => [...wordsOf(stage, 'COPY'), ...wordsOf(stage, 'ADD')]).filter((words) => !/--from=/.test(words)).flatMap((words) => words.split(/\s+/).filter((word) => !word.startsWith('--')).slice(0, -1));
}
