import { noticedErrors, type NoticedErrors } from '../../syntax/noticed-errors';
import { defineRule, type FilePair, type RuleLoss } from '../define-rule';

/** What hardly fails, and bodies that cannot be read, of answers that have a status: whoever loses sight of these has lost little. */
const harmless = /^(Math|Number|String|Boolean|Array|Object|Date|Promise|console|parseInt|parseFloat|setTimeout|clearTimeout)\b|\.(map|filter|find|some|every|reduce|forEach|slice|push|concat|join|split|trim|sort|keys|values|entries|includes|has|replace|toString|toLowerCase|toUpperCase|json|text)$/;

/** Code that stood there before and whose errors somebody heard of, until this change. What is new and silent is its author's style. */
export const errorSwallowed = defineRule<undefined>({
  name: 'error-swallowed',
  family: 'errors',
  settings: () => undefined,
  losses: (pairs) => pairs.flatMap(lossesOf),
});

function lossesOf({ change: { path }, base, head }: FilePair): readonly RuleLoss[] {
  if (base === undefined || head === undefined) return [];
  const [before, after] = [noticedErrors(base), noticedErrors(head)];
  return [...newlySilent(path, before, after), ...noLongerChecked(path, before, after)];
}

function newlySilent(path: string, before: NoticedErrors, after: NoticedErrors): readonly RuleLoss[] {
  return after.silent.flatMap(({ place, range, calls }) => {
    const heard = before.open.get(place) ?? new Set<string>();
    const stillHeard = after.open.get(place) ?? new Set<string>();
    const known = before.silent.some((old) => old.place === place && old.calls.some((call) => calls.includes(call)));
    const lost = known ? [] : calls.filter((call) => heard.has(call) && !stillHeard.has(call) && !harmless.test(call));
    const [first] = lost;
    return first === undefined ? [] : [{ path, where: place, range, because: `Whatever goes wrong in "${first}" is caught here now, and nobody is told.`, data: { calls: lost } }];
  });
}

function noLongerChecked(path: string, before: NoticedErrors, after: NoticedErrors): readonly RuleLoss[] {
  const count = ({ answers }: NoticedErrors, place: string, table: string): number => answers.filter((answer) => answer.place === place && answer.table === table && answer.checked).length;
  return after.answers
    .filter(({ checked, place, table }) => !checked && count(before, place, table) > count(after, place, table))
    .map(({ place, table, range }) => ({ path, where: place, range, because: `The error of the query on "${table}" was looked at before, and is not any more.`, data: { table } }));
}
