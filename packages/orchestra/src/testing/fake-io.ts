import type { Io } from '../io/ports';

export function fakeIo(_overrides: Partial<Io>): Io {
  throw new Error('testing/fake-io.ts is not written yet');
}
