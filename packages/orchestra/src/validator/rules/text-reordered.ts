import { countDirectionMarks } from '../../patch/direction-marks';
import { placesByLine } from '../../syntax/places-by-line';
import { defineRule, type RuleSite } from '../define-rule';

/** A line that is shown in another order than it is compiled in. In any text: a workflow or a migration can lie like code. */
export const textReordered = defineRule({
  name: 'text-reordered',
  family: 'text-reordered',
  settings: () => undefined,
  looksAt: () => true,
  sites: (view) => {
    if (countDirectionMarks(view.text) === 0) return [];
    const place = placesByLine(view);
    return view.text.split('\n').flatMap((line, index): readonly RuleSite[] => {
      const count = countDirectionMarks(line);
      if (count === 0) return [];
      const { name, range } = place(index + 1);
      const plain = line.replace(/[\s'"`;,]/g, '');
      return [{
        where: name, subject: 'bidirectional control', shape: plain, outline: plain, weight: count, range: [index + 1, index + 1], functionRange: range,
        because: `This line holds ${count === 1 ? 'an invisible Unicode control' : `${count} invisible Unicode controls`} that make it read in another order than it runs.`,
      }];
    });
  },
});
