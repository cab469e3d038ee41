import type { WaveRecords } from './ports';

export function createWaveRecords(_root: string): WaveRecords {
  throw new Error('io/wave-records.ts is not written yet');
}
