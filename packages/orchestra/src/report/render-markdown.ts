import type { Finding, Forecast, OrchestrationGoal, WaveReport } from '../model';
import { describeSize, groupFindings, headline, nextStep, placeOf, type RuleGroup } from './describe-report';
import { markdownBlock, markdownCode, markdownText } from './escape-text';

/** Where the package holds its pages: a workspace that uses it has no copy of its own. */
const shipped = 'node_modules/@aisha/orchestra/dist';

/** `report.md`: verdict first, then what to do, then everything the verdict rests on. */
export function renderMarkdown(report: WaveReport): string {
  const sections = [
    title(report),
    ['**' + markdownText(headline(report)) + '**', nextStep(report)],
    goal(report.goal),
    ...groupFindings(report.findings).map((group) => [`## ${group.heading}`, ...group.rules.map(renderRule)]),
    section('Root cause', report.rootCause === undefined ? [] : [paragraphs(report.rootCause)]),
    section('Files', [table(['file', 'change', '+', '-', 'style only'], report.files.map((file) => [
      markdownCode(file.path), `${file.status}${file.test ? ', test' : ''}`, `${file.added}`, `${file.removed}`, `${file.churn}`,
    ]))]),
    section('Tests', [list([...report.testsAdded.map((path) => `added ${markdownCode(path)}`), ...report.testsUpdated.map((path) => `updated ${markdownCode(path)}`)])]),
    section('Red-green proof', proof(report)),
    section('Forecast and actual', [sizes(report)]),
    section('Targets', [table(['project', 'target', 'result'], report.targets.map((run) => [markdownText(run.project), markdownText(run.target), `${run.status}${run.failsOnBase === true ? ' (also on base)' : ''}`])), ...failures(report)]),
    section('Affected projects', [list(report.affected.map((project) => `${markdownText(project.name)}: ${project.because.map((reason) => markdownText(reason.detail)).join('; ') || 'no reason recorded'}`))]),
    section('Exports', [list(report.exports.map(exportLine))]),
    section('Routes', [list((report.routes ?? []).map(routeLine))]),
    section('Known risks', [list(report.risks.map(markdownText))]),
    section('Follow-ups', [list(report.followUps.map((task) => `${task.id === undefined ? '' : `${markdownCode(task.id)} `}**${markdownText(task.title)}** ${markdownText(task.detail)}${task.paths.length === 0 ? '' : ` (${task.paths.map(markdownCode).join(', ')})`}`))]),
    section('Containment', [list(report.containment.map(markdownText))]),
    section('Documents that apply', [list(report.canonicalDocs.map((doc) => `${markdownText(doc.title)}: ${markdownCode(doc.path)}`))]),
    section('Versions', [list(Object.entries(report.versions).map(([name, version]) => `${name} ${markdownText(version)}`))]),
  ];
  return `${sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n\n')).join('\n\n')}\n`;
}

function title({ goal: subject, wave, kind, base, head }: WaveReport): readonly string[] {
  const name = subject === undefined ? `Change ${markdownCode(`${base.slice(0, 12)}..${head.slice(0, 12)}`)}` : markdownText(subject.title);
  return [`# ${name}${wave === undefined ? '' : `, wave ${wave}`}`, `Judged as ${kind}: ${markdownCode(head)} against ${markdownCode(base)}.`];
}

function goal(subject: OrchestrationGoal | undefined): readonly string[] {
  return subject === undefined ? [] : [`Goal ${markdownCode(subject.id)}: ${markdownText(subject.description)}`];
}

function section(heading: string, parts: readonly string[]): readonly string[] {
  const filled = parts.filter((part) => part !== '');
  return filled.length === 0 ? [] : [`## ${heading}`, ...filled];
}

function renderRule(rule: RuleGroup): string {
  const advice = [...(rule.whatToDo === undefined ? [] : [markdownText(rule.whatToDo)]), ...(rule.docs === undefined ? [] : [`See ${markdownCode(`${shipped}/${rule.docs}`)}.`])];
  return [`### ${markdownText(rule.title)} (${markdownCode(rule.rule)})`, list(rule.findings.map(renderFinding)), advice.join(' ')].filter((part) => part !== '').join('\n\n');
}

function renderFinding(finding: Finding): string {
  const place = placeOf(finding);
  return `${place === '' ? '' : `${markdownCode(place)}: `}${markdownText(finding.because)}`;
}

function proof({ proof: summary }: WaveReport): readonly string[] {
  // Tests that pass on both sides say nothing about the bug; their number is enough.
  const telling = summary.tests.filter((test) => test.base !== 'passed' || test.head !== 'passed');
  const rows = telling.map((test) => [markdownCode(test.id), markdownText(test.base), markdownText(test.head), markdownText(test.message ?? '')]);
  const runs = summary.headRuns === 0 ? '' : ` Head was run ${summary.headRuns} times.`;
  return [`**${summary.status}**: ${markdownText(summary.because)}${runs}`, table(['test', 'base', 'head', 'on base it said'], rows), ...unchanged(summary.tests.length - telling.length)];
}

function unchanged(count: number): readonly string[] {
  return count === 0 ? [] : [count === 1 ? 'One other test that ran with them passes on both.' : `${count} other tests that ran with them pass on both.`];
}

function exportLine({ change, name, path, usedBy, stillUsedBy = [], movedTo }: WaveReport['exports'][number]): string {
  const users = usedBy.length === 0 ? '' : `, used by ${usedBy.map(markdownCode).join(', ')}`;
  const left = stillUsedBy.length === 0 ? '' : `; of these as before: ${stillUsedBy.map(markdownCode).join(', ')}`;
  return `${change} ${markdownCode(name)} in ${markdownCode(path)}${movedTo === undefined ? '' : `, now in ${markdownCode(movedTo)}`}${users}${left}`;
}

function routeLine({ change, method, route, path, before, after, because, usedBy }: NonNullable<WaveReport['routes']>[number]): string {
  const guards = (after ?? before)?.guards ?? [];
  const chain = guards.length === 0 ? 'no guard' : `behind ${guards.map(markdownCode).join(', ')}`;
  const why = because.length === 0 ? '' : `; ${because.map(markdownText).join(', ')}`;
  return `${change} ${markdownCode(`${method} ${route}`)} in ${markdownCode(path)}, ${chain}${why}${usedBy.length === 0 ? '' : `; named by ${usedBy.map(markdownCode).join(', ')}`}`;
}

function sizes(report: WaveReport): string {
  const words = ({ files, lines, projects }: Forecast): readonly string[] => [`${files}`, `${lines}`, projects.map(markdownText).join(', ') || '-'];
  if (report.forecast === undefined) return describeSize(report);
  return table(['', 'source files', 'lines', 'projects'], [['forecast', ...words(report.forecast)], ['actual', ...words(report.actual)]]);
}

function failures(report: WaveReport): readonly string[] {
  return report.targets.filter((run) => run.status === 'failed' && run.tail !== '').map((run) => `${markdownText(`${run.project}:${run.target}`)}\n\n${markdownBlock(run.tail)}`);
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replace(/(?<!\\)\|/g, '\\|')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

function paragraphs(text: string): string {
  return text.split(/\n{2,}/).map(markdownText).join('\n\n');
}
