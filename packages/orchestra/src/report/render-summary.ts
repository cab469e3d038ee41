import type { WaveReport } from '../model';
import { count, describeSize, groupFindings, headline, nextStep, placeOf } from './describe-report';
import { markdownCode, markdownText } from './escape-text';

/** A CI page holds a few dozen lines before nobody reads on; the rest is in the report. */
const findingsShown = 20;

/** The CI step summary: what happened, why, what to do next. */
export function renderSummary(report: WaveReport): string {
  const groups = groupFindings(report.findings).filter((group) => group.severity !== 'info');
  const lines = [
    `## ${markdownText(headline(report))}`,
    subject(report),
    ...groups.flatMap((group) => [`### ${group.heading}`, ...group.rules.map((rule) => renderRule(rule))]),
    '### What was looked at',
    looked(report),
    '### What to do next',
    nextStep(report),
  ];
  return `${lines.join('\n\n')}\n`;
}

function subject(report: WaveReport): string {
  const what = report.goal === undefined ? `A ${report.kind} without a goal` : `Goal ${markdownCode(report.goal.id)} (${report.kind === 'bugfix' ? 'bugfix, what was wrong' : report.kind}): ${markdownText(report.goal.title)}`;
  return `${what}${report.wave === undefined ? '' : `, wave ${report.wave}`}. ${describeSize(report)}.`;
}

function renderRule(rule: ReturnType<typeof groupFindings>[number]['rules'][number]): string {
  const shown = rule.findings.slice(0, findingsShown).map((finding) => {
    const place = placeOf(finding);
    return `- ${place === '' ? '' : `${markdownCode(place)}: `}${markdownText(finding.because)}`;
  });
  const hidden = rule.findings.length - shown.length;
  const advice = rule.whatToDo === undefined ? [] : [`What to do: ${markdownText(rule.whatToDo)}`];
  return [`**${markdownText(rule.title)}** (${markdownCode(rule.rule)})`, [...shown, ...(hidden > 0 ? [`- and ${hidden} more in the report`] : [])].join('\n'), ...advice].join('\n\n');
}

function looked(report: WaveReport): string {
  const passed = report.targets.filter((run) => run.status === 'passed').length;
  const notRun = report.targets.filter((run) => run.status === 'not-run').length;
  return [
    `- Targets: ${report.targets.length === 0 ? 'none were run' : `${passed} of ${report.targets.length} passed${notRun > 0 ? `, ${notRun} not run` : ''}`}`,
    `- Red-green proof: ${report.proof.status}. ${markdownText(report.proof.because)}`,
    `- Tests: ${count(report.testsAdded.length, 'file')} added, ${report.testsUpdated.length} updated`,
    `- Reach: ${reach(report)}`,
    `- Affected projects: ${report.affected.length === 0 ? 'not computed' : report.affected.map((project) => markdownText(project.name)).join(', ')}`,
  ].join('\n');
}

/** Only what somebody may have relied on: what is new breaks nobody. */
function reach(report: WaveReport): string {
  const exports = report.exports.filter(({ change }) => change !== 'added').length;
  const routes = (report.routes ?? []).filter(({ change }) => change !== 'added').length;
  return `${count(exports, 'export')} and ${count(routes, 'route')} changed or removed`;
}
