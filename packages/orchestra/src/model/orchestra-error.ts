const marker = Symbol.for('@aisha/orchestra/error');

/** What kind of trouble it is decides the exit code and whether a stack is worth showing. */
export type OrchestraErrorKind =
  /** A person's mistake: options, goal file, policy. Exit 2, one message, nothing written. */
  | 'input'
  /** Git, Nx, a model or the disk did not do its part. Exit 2, with the cause. */
  | 'world'
  /** The command is not legal in the state the wave is in. Exit 2, names the way on. */
  | 'state';

/**
 * The one error class that crosses layers. It survives two copies of the package (a plugin beside a workspace's own),
 * because it is recognised by a registered symbol and not by `instanceof`.
 */
export class OrchestraError extends Error {
  readonly [marker] = true;
  constructor(
    readonly kind: OrchestraErrorKind,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
    this.name = 'OrchestraError';
  }

  static is(value: unknown): value is OrchestraError {
    return typeof value === 'object' && value !== null && marker in value;
  }
}

