/** Keeps the last `limit` bytes of a stream: a runaway child cannot fill our memory, and its end is what tells. */
export class OutputTail {
  private chunks: Buffer[] = [];
  private size = 0;
  truncated = false;

  constructor(private readonly limit: number) {}

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.size += chunk.length;
    // Trimmed only at twice the limit, so that copying stays linear.
    if (this.size > this.limit * 2) this.trim();
  }

  bytes(): Buffer {
    this.trim();
    return Buffer.concat(this.chunks);
  }

  private trim(): void {
    if (this.size <= this.limit) return;
    const kept = Buffer.concat(this.chunks).subarray(this.size - this.limit);
    this.chunks = [kept];
    this.size = kept.length;
    this.truncated = true;
  }
}
