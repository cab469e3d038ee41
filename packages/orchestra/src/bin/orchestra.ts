#!/usr/bin/env node
import { describeError } from '../generators/describe-error';
import { OrchestraError } from '../model';

interface Command {
  readonly about: string;
  /** Loaded when asked for: each brings its own weight. */
  readonly load: () => Promise<(argv: readonly string[]) => Promise<number>>;
}

const commands: Readonly<Record<string, Command>> = {
  backtest: { about: 'measure what ranking and packets find of real past fixes', load: async () => (await import('./backtest.js')).backtestCommand },
  explain: { about: 'say why a file is, or is not, in the packets of a goal', load: async () => (await import('./explain.js')).explainCommand },
  interfaces: { about: 'write what the projects of a commit offer each other', load: async () => (await import('./interfaces.js')).interfacesCommand },
  judge: { about: 'judge a diff from git objects alone', load: async () => (await import('./judge.js')).judgeCommand },
};

/** Exit 0 done or accepted, 1 blocked, 2 could not judge or bad input. */
async function main([name, ...argv]: readonly string[]): Promise<number> {
  const command = name === undefined || !Object.hasOwn(commands, name) ? undefined : commands[name];
  if (command === undefined) throw new OrchestraError('input', usage(name));
  const run = await command.load();
  return run(argv);
}

function usage(name: string | undefined): string {
  const longest = Math.max(...Object.keys(commands).map((each) => each.length));
  const lines = Object.entries(commands).map(([each, { about }]) => `  orchestra ${each.padEnd(longest)}   ${about}`);
  return [...(name === undefined ? [] : [`Unknown command "${name}".`, '']), 'Usage:', ...lines].join('\n');
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${describeError(error)}\n`);
    process.exitCode = 2;
  },
);
