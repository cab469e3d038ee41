import type { Evidence, Severity } from '../model';

export type EvidenceKind = Evidence['kind'];

/** What is always true of a rule, whoever broke it. `severity` is the default per kind of change. */
export interface CatalogueEntry {
  readonly title: string;
  readonly severity: Readonly<Record<EvidenceKind, Severity>>;
  readonly whatToDo: string;
}

const always = (severity: Severity) => ({ bugfix: severity, feature: severity, change: severity });

/**
 * Every rule a check can emit. One page each under `docs/findings/<rule>.md`; a spec fails when a page is missing,
 * so a finding never reaches a person without the explanation behind it.
 */
export const findingCatalogue = {
  'evidence-missing': {
    title: 'Evidence was not collected',
    severity: always('person'),
    whatToDo: 'Run the gate where this evidence can be collected, or decide by hand. What was not looked at is never counted as passed.',
  },
  'check-off': {
    title: 'A check is switched off',
    severity: always('info'),
    whatToDo: 'Nothing now. The policy at the base commit switches it off; remove it there to have it judged again.',
  },
  'target-failed': {
    title: 'A target fails',
    severity: always('block'),
    whatToDo: 'Read the tail, fix the cause, run the target again.',
  },
  'target-failed-on-base': {
    title: 'A target fails exactly as it does on base',
    severity: always('warn'),
    whatToDo: 'Nothing in this change. Repair the target on the base branch soon: while it is red it shows less than it should.',
  },
  'target-unclear-on-base': {
    title: 'A target fails here and on base, perhaps not in the same way',
    severity: always('person'),
    whatToDo: 'Compare the two outputs, or repair the target on the base branch first: while it is red it cannot show what this change did.',
  },
  'target-not-run': {
    title: 'A target was not run',
    severity: always('person'),
    whatToDo: 'Run it. A target that did not run is never counted as passed.',
  },
  'target-left-to-ci': {
    title: 'A part of a target ran, the whole is left to CI',
    severity: always('info'),
    whatToDo: 'Nothing now. CI runs the whole target over the committed range.',
  },
  'outside-lease': {
    title: 'A path outside the lease was changed',
    severity: { bugfix: 'block', feature: 'block', change: 'person' },
    whatToDo: 'Take the change out of this wave and plan it as a task of its own, or widen the goal and plan again.',
  },
  'protected-path': {
    title: 'A protected path was changed',
    severity: always('person'),
    whatToDo: 'Have the owner of the policy, build or CI read this change. The judge itself used the version at base.',
  },
  'append-only-changed': {
    title: 'A file that is only ever added was changed',
    severity: always('person'),
    whatToDo: 'Put the file back as base has it and make the change in a new one beside it. If it never ran anywhere, a person may say so.',
  },
  'amended-by-hand': {
    title: 'The tree differs from what the specialists proposed',
    severity: always('warn'),
    whatToDo: 'Nothing, if the amendment is yours: it was judged like everything else. If it is not, revert that file.',
  },
  'goal-edited': {
    title: 'The goal was edited after its first wave',
    severity: always('person'),
    whatToDo: 'Compare the goal with its version at base and decide whether the plan still serves it.',
  },
  'goal-targets-outside': {
    title: 'The goal names files outside the planned projects',
    severity: always('person'),
    whatToDo: 'Decide whether the goal may reach those files, or name their project in affectedModules and plan again.',
  },
  'goal-too-wide': {
    title: 'The goal leases more projects than a change of its kind may touch',
    severity: always('person'),
    whatToDo: 'Split the goal, or have a person agree to its reach.',
  },
  'goal-in-diff': {
    title: 'The change carries a goal',
    severity: always('info'),
    whatToDo: 'Read the goal: the lease was planned again from it, on the tree and policy at base.',
  },
  'follow-up-planned': {
    title: 'The change was planned for a follow-up',
    severity: always('info'),
    whatToDo: 'Read the follow-up: a specialist filed it, a person asked for it, and the lease was planned from it.',
  },
  'follow-up-beyond-goal': {
    title: 'A follow-up that came with the change reaches beyond its goal',
    severity: always('person'),
    whatToDo: 'Merge the wave that filed it first, or decide whether this change may touch those projects.',
  },
  'plan-by-model': {
    title: 'The plan was made by a model',
    severity: always('info'),
    whatToDo: 'Read the plan: a model chose who works in which projects, and the leases were worked out from that again.',
  },
  'plan-beyond-hub': {
    title: "A model's plan leases more than the hub's",
    severity: always('person'),
    whatToDo: 'Decide whether this change may touch those places, or name their project in affectedModules of the goal.',
  },
  'lease-granted': {
    title: 'A path was granted on request',
    severity: always('warn'),
    whatToDo: 'Look at this file first: the plan did not expect it, and the record that grants it is part of the change.',
  },
  'record-unreadable': {
    title: 'A wave record in the change cannot be read',
    severity: always('person'),
    whatToDo: 'Restore the record from the wave that wrote it, or take it out of the change. Until then nobody knows which law applies.',
  },
  'history-shallow': {
    title: 'The clone is shallow',
    severity: always('person'),
    whatToDo: 'Fetch the whole history (`fetch-depth: 0`). Without it no lease can be planned again.',
  },
  'too-many-files': {
    title: 'More source files than a change of this kind may touch',
    severity: always('block'),
    whatToDo: 'Split the change, or raise the limit in the policy on the base branch.',
  },
  'too-many-lines': {
    title: 'More source lines than a change of this kind may change',
    severity: always('block'),
    whatToDo: 'Split the change, or raise the limit in the policy on the base branch.',
  },
  'too-many-projects': {
    title: 'More projects than a change of this kind may touch',
    severity: always('block'),
    whatToDo: 'Split the change by project, or raise the limit in the policy on the base branch.',
  },
  'too-many-new-files': {
    title: 'More new source files than a change of this kind may add',
    severity: always('block'),
    whatToDo: 'Split the change, or raise the limit in the policy on the base branch.',
  },
  'over-forecast': {
    title: 'The change is larger than its plan said, or lies elsewhere',
    severity: always('warn'),
    whatToDo: 'Compare the files with the plan: the part the plan did not see coming deserves the closer look.',
  },
  'export-removed': {
    title: 'A public export was removed',
    severity: { bugfix: 'person', feature: 'warn', change: 'warn' },
    whatToDo: 'Keep the export, or make sure that each user listed has moved on.',
  },
  'export-changed': {
    title: 'A public export changed its shape',
    severity: always('warn'),
    whatToDo: 'Check each user listed against the new shape.',
  },
  'route-removed': {
    title: 'A route was removed',
    severity: { bugfix: 'person', feature: 'warn', change: 'warn' },
    whatToDo: 'Keep the route, or make sure that each caller listed, and every client outside the workspace, has moved on.',
  },
  'route-changed': {
    title: 'A route changed its contract',
    severity: always('warn'),
    whatToDo: 'Check each caller listed against the new guards and schemas.',
  },
  'new-dependency': {
    title: 'A dependency was added',
    severity: { bugfix: 'block', feature: 'warn', change: 'warn' },
    whatToDo: 'Explain it in the notes (dependenciesExplained), or do without it.',
  },
  'unread-change': {
    title: 'A change the judge could not read',
    severity: always('person'),
    whatToDo: 'Read it yourself: the file is binary or too large, so that no check has seen its text.',
  },
  'text-loaded-as-code': {
    title: 'Code loads a text that no rule reads',
    severity: always('block'),
    whatToDo: 'Put the code into a source file, where it is judged, and leave records and texts to be read as data.',
  },
  'mode-changed': {
    title: 'A file became executable, a symbolic link or a submodule',
    severity: always('person'),
    whatToDo: 'Check that this is meant: a link or a submodule can point outside everything that was judged.',
  },
  'regression-test-missing': {
    title: 'A bugfix without a regression test',
    severity: always('block'),
    whatToDo: 'Add a test that fails on base because of the bug and passes with the fix.',
  },
  'red-not-proved': {
    title: 'The regression test does not fail on base for the right reason',
    severity: always('block'),
    whatToDo: 'Make the test reach the faulty code and fail there by an assertion. A load error, a hook or a missing export proves nothing.',
  },
  'red-timed-out': {
    title: 'The regression test runs into its time limit on base',
    severity: always('person'),
    whatToDo: 'Decide whether the time-out is the bug itself; better, let the test fail by an assertion before the limit.',
  },
  'green-not-proved': {
    title: 'The regression test does not pass on head',
    severity: always('block'),
    whatToDo: 'Read the failing test ids: the fix does not hold, or does not hold every time.',
  },
  'green-not-repeated': {
    title: 'The regression test was not repeated on head',
    severity: always('person'),
    whatToDo: 'Run it at least twice on head, so that a test that passes by chance shows.',
  },
  'runner-unsupported': {
    title: 'No proof is possible with this test runner',
    severity: always('person'),
    whatToDo: 'Let the script or Nx target `test` of the project call jest, vitest or `node --test` itself, or add their configuration file; otherwise decide by hand.',
  },
  'test-weakened': {
    title: 'A test was weakened',
    severity: always('block'),
    whatToDo: 'Put the assertion back, in that test alone: what was added may stay. If its subject is gone, delete the test together with the code that it tested, in a change of its own.',
  },
  'test-steers-runner': {
    title: 'A test ends its runner, or replaces what it asserts with',
    severity: always('person'),
    whatToDo: 'Read the line: where a test ends the run or a matcher passes always, the green of the target says nothing. Start a process of its own for what has to exit.',
  },
  'test-reaches-out': {
    title: 'A test reaches for source texts, git or credentials',
    severity: { bugfix: 'person', feature: 'warn', change: 'warn' },
    whatToDo: 'Read the lines. A test that looks into the source proves what is written and not what happens; one that reads keys or writes hooks is no test.',
  },
  'snapshot-rewritten': {
    title: 'A recorded snapshot was rewritten',
    severity: { bugfix: 'person', feature: 'warn', change: 'warn' },
    whatToDo: 'Compare old and new snapshot line by line: a rewritten snapshot agrees with whatever the code does now.',
  },
  'threshold-lowered': {
    title: 'A quality threshold was lowered',
    severity: always('block'),
    whatToDo: 'Restore the threshold; lower it, if at all, in a change that says so.',
  },
  'suppression-added': {
    title: 'A warning was silenced',
    severity: { bugfix: 'block', feature: 'person', change: 'warn' },
    whatToDo: 'Fix what the tool complains about instead of silencing it.',
  },
  'type-hole-added': {
    title: 'A cast to any was added',
    severity: always('warn'),
    whatToDo: 'Give the value its type, or narrow it from unknown.',
  },
  'file-renamed-in-bugfix': {
    title: 'A bugfix moves or renames files',
    severity: { bugfix: 'block', feature: 'info', change: 'info' },
    whatToDo: 'Fix in place. If the move is the remedy for security, stability, performance or concurrency, say so in the notes; a person then decides.',
  },
  'symbol-renamed-in-bugfix': {
    title: 'A bugfix renames a symbol throughout',
    severity: { bugfix: 'block', feature: 'info', change: 'info' },
    whatToDo: 'Keep the old name and fix the behaviour; rename in a change of its own.',
  },
  'file-reformatted': {
    title: 'A file was reformatted beside the change',
    severity: { bugfix: 'block', feature: 'warn', change: 'warn' },
    whatToDo: 'Undo the reformatting: it hides the change from its reader.',
  },
  'new-file-in-bugfix': {
    title: 'A bugfix adds a file that is not a test',
    severity: { bugfix: 'block', feature: 'info', change: 'info' },
    whatToDo: 'Put the fix where the fault is. If the file is the remedy for security, stability, performance or concurrency, say so in the notes.',
  },
  'existing-test-changed': {
    title: 'An existing test was changed by a feature',
    severity: { bugfix: 'info', feature: 'warn', change: 'info' },
    whatToDo: 'Explain in the notes which behaviour changed on purpose.',
  },
  'refactor-unexplained': {
    title: 'A refactoring the notes do not explain',
    severity: { bugfix: 'info', feature: 'warn', change: 'info' },
    whatToDo: 'Explain in the notes why files were moved, or move them in a change of its own.',
  },
  'workspace-disturbed': {
    title: 'Proposed code changed the workspace while it ran',
    severity: always('block'),
    whatToDo: 'Treat the change as hostile until shown otherwise; restore the paths listed and read the code that ran.',
  },
  'source-unreadable': {
    title: 'Source that cannot be parsed',
    severity: always('person'),
    whatToDo: 'Mend the syntax or shorten the file. No rule has seen what it holds.',
  },
  'tenant-query-unscoped': {
    title: 'A query without a tenant filter',
    severity: always('block'),
    whatToDo: "Add the tenant filter to the query, with the verified tenant of the request, or list the table as global in the policy.",
  },
  'tenant-filter-conditional': {
    title: 'A tenant filter that can be left out',
    severity: always('block'),
    whatToDo: 'Refuse the request without a tenant before the query is built, or filter in every branch.',
  },
  'tenant-from-request': {
    title: 'A tenant that the caller names',
    severity: always('person'),
    whatToDo: 'Take the tenant from the verified identity, or compare the named one with it first. If a guard does, list the parameter under `verifiedParameters`.',
  },
  'row-security-weakened': {
    title: 'SQL that opens row level security',
    severity: always('block'),
    whatToDo: 'Limit the policy to the tenant of the verified token, in `using` and in `with check`, or have the function run with the rights of whoever calls it.',
  },
  'route-guard-removed': {
    title: 'A guard is gone from a route',
    severity: always('block'),
    whatToDo: 'Put the guard back. A test that fails because of it needs credentials, not an open door.',
  },
  'guard-loosened': {
    title: 'A guard refuses under another condition',
    severity: always('person'),
    whatToDo: 'If the goal asks for it, have the owner of access control approve it: who passes now and did not before? Otherwise put the condition back.',
  },
  'limiter-weakened': {
    title: 'A rate limit was weakened',
    severity: { bugfix: 'block', feature: 'person', change: 'block' },
    whatToDo: 'Restore the limit; give the tests a limiter of their own.',
  },
  'secret-default': {
    title: 'A secret falls back to a literal',
    severity: always('block'),
    whatToDo: 'Fail at start-up when the variable is missing. A literal everybody can read is no secret.',
  },
  'hardcoded-secret': {
    title: 'A secret is written into the source',
    severity: always('block'),
    whatToDo: 'Take it out, revoke it, and read it from the environment. It is in the history once it is pushed.',
  },
  'text-reordered': {
    title: 'A line reads otherwise than it runs',
    severity: always('block'),
    whatToDo: 'Take the invisible characters out, or write them as escapes (\\u202e).',
  },
  'test-environment-asked': {
    title: 'Production code asks whether it is being tested',
    severity: { bugfix: 'person', feature: 'person', change: 'warn' },
    whatToDo: 'Let the code do the same everywhere; give the tests what they need through parameters or configuration.',
  },
  'input-narrowed': {
    title: 'Requests that were answered are refused now',
    severity: { bugfix: 'person', feature: 'info', change: 'warn' },
    whatToDo: 'If the goal asks for the refusal, approve it, and tell who sends such requests. Otherwise have them answered as the goal says.',
  },
  'special-case-in-code': {
    title: 'A decision hangs on one id or address in the code',
    severity: { bugfix: 'person', feature: 'warn', change: 'warn' },
    whatToDo: 'Find what the reported case has in common with others, and decide by that; if it is configuration, put it there.',
  },
  'error-swallowed': {
    title: 'An error that used to be noticed no longer is',
    severity: { bugfix: 'person', feature: 'warn', change: 'warn' },
    whatToDo: 'Let the error reach whoever can act on it, or at least log it. An empty answer looks like an empty database.',
  },
} as const satisfies Record<string, CatalogueEntry>;

export type FindingRule = keyof typeof findingCatalogue;

/** Page of a built-in rule, relative to the root of the documentation. */
export const docsOf = (rule: string): string => `docs/findings/${rule}.md`;
