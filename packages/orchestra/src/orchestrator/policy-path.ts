/** Where a workspace says how it wants to be governed. */
export const policyPath = 'orchestra/orchestra.json';
