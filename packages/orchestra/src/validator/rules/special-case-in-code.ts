import { specialCases } from '../../syntax/special-cases';
import { defineRule } from '../define-rule';

/** A fix that knows the one row, person or address of the report by name mends that one, and no other. */
export const specialCaseInCode = defineRule<undefined>({
  name: 'special-case-in-code',
  family: 'special-case',
  settings: () => undefined,
  sites: (view) =>
    specialCases(view).map(({ value, place, range }) => ({
      where: place.name, subject: value, shape: value, outline: value, range, functionRange: place.range, because: `${place.name} decides by one thing in the data: "${value.slice(0, 80)}".`,
    })),
});
