/** More is no reply that could be used; a server that sends for ever must not fill our memory. A stream wraps each word in 200 bytes. */
const mostBytes = 64 * 1024 * 1024;
/** One event of a stream. What has no line end is searched for one again with every piece, so this also bounds time. */
const mostLineBytes = 1024 * 1024;

const lineFeed = 10;

export class BodyTooLong extends Error {}
export class BodyStoodStill extends Error {}

/**
 * The bytes of a response, until there are too many of them or none come for too long. Both end the connection.
 *
 * @throws BodyTooLong, BodyStoodStill, or whatever ended the connection
 */
export async function* watchedBody(body: ReadableStream<Uint8Array>, options: { readonly idleMs: number; readonly lines: boolean }): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  let bytes = 0;
  let lineBytes = 0;
  try {
    for (;;) {
      const { done, value } = await withinTime(reader.read(), options.idleMs);
      if (done) return;
      bytes += value.length;
      const lineEnd = value.lastIndexOf(lineFeed);
      lineBytes = lineEnd < 0 ? lineBytes + value.length : value.length - lineEnd;
      if (bytes > mostBytes || (options.lines && lineBytes > mostLineBytes)) throw new BodyTooLong();
      yield value;
    }
  } finally {
    // Not waited for: a server that hangs may not answer this either.
    void reader.cancel().catch(() => undefined);
  }
}

async function withinTime<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new BodyStoodStill()), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
