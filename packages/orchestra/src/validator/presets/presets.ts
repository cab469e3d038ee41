import type { Policy } from '../../model';
import { aishaCrm } from './aisha-crm';

/** Settings of a known kind of system: everything that names its tables, guards and sizes. Rule code names none. */
export interface Preset {
  readonly rules: Policy['rules'];
  readonly limits: Policy['limits'];
}

export const presets: Readonly<Record<string, Preset>> = { 'aisha-crm': aishaCrm };
