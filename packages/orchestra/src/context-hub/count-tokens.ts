import { countTokens as count } from 'gpt-tokenizer/encoding/o200k_base';

/** Repository text may spell a control token such as `<|endoftext|>`; it is counted as the plain text it is. */
const options = { disallowedSpecial: new Set<string>() };

/** o200k tokens. */
export function countTokens(text: string): number {
  return text === '' ? 0 : count(text, options);
}
