import { OrchestraError } from '../model';

/** One message for a person. A stack is shown only for what is a bug of ours; `ORCHESTRA_DEBUG` shows causes as well. */
export function describeError(error: unknown): string {
  if (!OrchestraError.is(error)) {
    return `This is a bug in @aisha/orchestra: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
  const cause = process.env['ORCHESTRA_DEBUG'] !== undefined && error.cause instanceof Error ? `\ncaused by: ${error.cause.stack ?? error.cause.message}` : '';
  return `${error.message}${cause}`;
}
