import { useCallback, useEffect, useState } from 'react';

export interface Resource<T> {
  /** The latest that was loaded; undefined before the first. */
  readonly value: T | undefined;
  /** In words for people; undefined when the latest load went well. */
  readonly error: string | undefined;
  readonly isLoading: boolean;
  reload(): void;
}

/** Loads when shown, again whenever `load` is another function, and on `reload`. Answers that come too late are dropped. */
export function useResource<T>(load: () => Promise<T>): Resource<T> {
  const [state, setState] = useState<{ readonly value?: T; readonly error?: string; readonly isLoading: boolean }>({ isLoading: true });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    setState((before) => ({ ...before, isLoading: true }));
    load().then(
      (value) => isCurrent && setState({ value, isLoading: false }),
      (error: unknown) => isCurrent && setState({ error: error instanceof Error ? error.message : String(error), isLoading: false }),
    );
    return () => void (isCurrent = false);
  }, [load, round]);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  return { value: state.value, error: state.error, isLoading: state.isLoading, reload };
}
