import type { OrchestrationGoal, PlanSketch } from '../../model';
import { framePlanningPrompt } from './planning-frame';

/** Asks a model whether the hub's plan is the right one, or the person for what is missing. Pure. */
export function renderPlanPrompt(goal: OrchestrationGoal, sketch: PlanSketch): string {
  return framePlanningPrompt(
    { title: 'Is this the right plan?', sections: [role, rules(goal, sketch), answer(goal)] },
    goal,
    [
      { title: 'Projects', lead: 'Where work may be planned: each with its folder, who may work in it, what it is built on, and what the search found there.', text: sketch.projects.map(project).join('\n\n') },
      { title: 'The plan so far', lead: sketch.waves.length === 0 ? 'The search found no project that stands out, so nothing is planned yet.' : 'Made from the project graph and a search that does not know what code does.', text: planLines(sketch).join('\n') },
    ],
    'Begin with `status:`. End with `END OF REPLY`.',
  );
}

const role =
  'A goal is planned as waves of tasks: one specialist, the projects it works in, and what for. Specialists of one wave work side by side; a wave begins when the one before it was ' +
  'judged and committed. This text is all you have: no tools, no second look at the repository. You change no code and give no permission: what a specialist may touch is worked out ' +
  'from its domain and the projects, by a tool, and a judge works it out again.';

/** Nothing that the workspace wrote stands here, not even a name: only what is fenced is taken for data. */
function rules({ type }: OrchestrationGoal, { most, projects }: PlanSketch): string {
  return [
    '## What a plan must be', '',
    '- Only the projects and specialists below, each specialist once in a wave, each project once for a specialist.',
    `- At most ${most.projects} projects and ${most.waves === 1 ? 'one wave' : `${most.waves} waves`}. The fewer, the better: a project that need not change has no task.`,
    type === 'bugfix' ? '- A bugfix: the smallest change. Plan where the cause lies, not where it shows.' : '- A feature: what others are built on comes in an earlier wave.',
    '- Tests are planned beside every wave without being named. A line for `test` may say what to cover; where is worked out.',
    ...(projects.some(({ named }) => named) ? ['- A project that the goal names, which is said with it below, is planned as well.'] : []),
  ].join('\n');
}

function answer({ type }: OrchestrationGoal): string {
  return `## How to answer

    status: plan
    why: one line for the person who reads the plan
    wave 1
    - backend in api, contracts: what it does there
    - test: what to cover
${type === 'bugfix' ? '' : '    wave 2\n    - frontend in web: what it does there\n'}    END OF REPLY

\`status: keep\` when the plan so far is right; it may have a \`why:\` too. \`status: question\` with one line \`question: …\` when only the person can tell what is wanted; do not ask what the goal
says already. Nothing else counts.`;
}

function project({ name, root, agents, because, dependsOn, named }: PlanSketch['projects'][number]): string {
  return [
    `${oneLine(name)} (${oneLine(root)})${named ? ', named by the goal' : ''}`,
    `   may work in it: ${agents.map(oneLine).join(', ')}`,
    ...(dependsOn.length === 0 ? [] : [`   built on ${dependsOn.map(oneLine).join(', ')}`]),
    ...because.map((reason) => `   because ${oneLine(reason)}`),
  ].join('\n');
}

function planLines({ waves }: PlanSketch): readonly string[] {
  if (waves.length === 0) return ['nothing'];
  return waves.flatMap((tasks, position) => [`wave ${position + 1}`, ...tasks.map(({ agent, projects }) => `- ${oneLine(agent)} in ${projects.map(oneLine).join(', ')}`)]);
}

const longestLine = 300;

/** Cut between words: of half a key nobody can tell that it is one. */
function oneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
  return line.length <= longestLine ? line : `${line.slice(0, longestLine).replace(/\S*$/, '')}…`;
}
