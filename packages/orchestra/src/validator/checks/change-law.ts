import type { ChangedFile, Evidence, Finding, Severity } from '../../model';
import { matchesGlobs } from '../../patch/matches-globs';
import { changedExpectations } from '../changed-expectations';
import { withoutRecords } from '../classify-path';
import { defineCheck, type FindingMaker } from '../define-check';
import { measureReformatting } from '../measure-reformatting';
import { productionFiles } from '../production-files';
import { renamedSymbols } from '../renamed-symbols';

/** Two moves may be part of a fix; three are a restructuring. */
const movesAllowed = 2;

/** A bugfix changes the fault and nothing else; with a justification in the notes, a person decides. */
export const bugfixLaw = defineCheck({
  name: 'bugfix-law',
  scope: 'diff',
  rules: ['file-renamed-in-bugfix', 'symbol-renamed-in-bugfix', 'file-reformatted', 'new-file-in-bugfix'],
  needs: [],
  appliesTo: (evidence) => evidence.kind === 'bugfix',
  judge: (evidence, find) => {
    const severity = justified(evidence) ? 'person' : 'block';
    return [...moves(evidence, find, severity), ...symbolRenames(evidence, find, severity), ...reformatted(evidence, find, severity), ...newFiles(evidence, find, severity)];
  },
});

/** A feature may restructure, and says why; tests that stood before it stay as they were, or it says why. */
export const featureLaw = defineCheck({
  name: 'feature-law',
  scope: 'diff',
  rules: ['refactor-unexplained', 'file-reformatted', 'existing-test-changed'],
  needs: [],
  appliesTo: (evidence) => evidence.kind === 'feature',
  judge: (evidence, find) => {
    const silent = !justified(evidence);
    return [
      ...(silent ? unexplained(evidence, find) : []),
      ...reformatted(evidence, find, silent ? 'warn' : 'info'),
      ...(silent ? changedTests(evidence, find) : []),
    ];
  },
});

function justified(evidence: Evidence): boolean {
  return (evidence.notes ?? []).some((notes) => (notes.justification ?? '').trim() !== '');
}

function production(evidence: Evidence): readonly ChangedFile[] {
  const changes = withoutRecords(evidence.changes, evidence.policy);
  const paths = productionFiles(changes, evidence.policy);
  return changes.filter((change) => paths.has(change.path));
}

function renames(evidence: Evidence): readonly ChangedFile[] {
  return production(evidence).filter((change) => change.status === 'renamed');
}

function moves(evidence: Evidence, find: FindingMaker, severity: Severity): readonly Finding[] {
  const moved = renames(evidence);
  const mass = moved.length > movesAllowed;
  return moved.map((change) =>
    find('file-renamed-in-bugfix', {
      subject: { path: change.path },
      because: `${change.previousPath} became ${change.path}${mass ? `, one of ${moved.length} moves` : ''}.`,
      data: { moves: moved.length, allowed: movesAllowed },
      severity: mass ? severity : 'warn',
    }),
  );
}

function symbolRenames(evidence: Evidence, find: FindingMaker, severity: Severity): readonly Finding[] {
  return renamedSymbols(production(evidence)).map(({ from, to, sites, paths }) =>
    find('symbol-renamed-in-bugfix', {
      subject: { path: paths[0] ?? '' },
      because: `"${from}" became "${to}" at ${sites} places in ${paths.length} files.`,
      data: { from, to, sites, paths },
      severity,
    }),
  );
}

function reformatted(evidence: Evidence, find: FindingMaker, severity: Severity): readonly Finding[] {
  return withoutRecords(evidence.changes, evidence.policy).flatMap((change) => {
    if (change.onDisk !== undefined) return [strayEndings(change, find, severity)];
    const style = measureReformatting(change, evidence.policy);
    if (style === undefined) return [];
    const because = `${style.styleLines} lines of ${change.path} differ only in style; ${style.realLines} carry the change.`;
    return [find('file-reformatted', { subject: { path: change.path }, because, data: { ...style }, severity })];
  });
}

/** The history stays clean, so that nobody need undo it; but what was run and looked at here is not what will be stored. */
function strayEndings({ path, onDisk }: ChangedFile, find: FindingMaker, severity: Severity): Finding {
  const because = `On disk ${path} has ${onDisk === 'crlf' ? 'CRLF' : 'mixed'} line endings, where its attributes ask for LF: every line differs from what git will store.`;
  return find('file-reformatted', { subject: { path }, because, data: { onDisk }, severity: severity === 'block' ? 'person' : severity });
}

function newFiles(evidence: Evidence, find: FindingMaker, severity: Severity): readonly Finding[] {
  return production(evidence)
    .filter((change) => change.status === 'added' && !matchesGlobs(change.path, evidence.policy.appendOnly))
    .map(({ path }) => find('new-file-in-bugfix', { subject: { path }, because: `${path} is new and not a test.`, severity }));
}

function unexplained(evidence: Evidence, find: FindingMaker): readonly Finding[] {
  return renames(evidence).map((change) =>
    find('refactor-unexplained', { subject: { path: change.path }, because: `${change.previousPath} became ${change.path}, and the notes do not say why.` }),
  );
}

/** Tests that stood there before and say something else now; what is only added beside them is nobody's expectation. */
function changedTests(evidence: Evidence, find: FindingMaker): readonly Finding[] {
  return changedExpectations(evidence.changes, evidence.policy).map(({ path, tests }) => {
    const [first = ''] = tests;
    const which = tests.length === 1 ? `"${first}"` : `"${first}" and ${tests.length - 1} more`;
    return find('existing-test-changed', { subject: { path }, because: `${which} stood before this feature and asserts something else now; the notes do not say why.`, data: { tests } });
  });
}
