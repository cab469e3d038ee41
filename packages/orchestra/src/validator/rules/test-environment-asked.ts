import { testQuestions } from '../../syntax/test-environment';
import { defineRule } from '../define-rule';

const configuration = /(^|\/)[^/]*\.config\.[cm]?[jt]s$/;

/** Production code that behaves in another way while it is tested: no green test says anything about the other way. */
export const testEnvironmentAsked = defineRule<undefined>({
  name: 'test-environment-asked',
  family: 'test-environment',
  settings: () => undefined,
  sites: (view) =>
    configuration.test(view.path)
      ? []
      : testQuestions(view).map(({ text, shape, place, range }) => ({
          where: place.name, subject: 'test environment', shape, outline: 'test environment', range, functionRange: place.range, because: `${place.name} asks whether it is being tested: ${text.slice(0, 120)}.`,
        })),
});
