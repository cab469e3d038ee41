import { ts } from 'ts-morph';

/** In lower case: clients differ. */
export const redisCommands: ReadonlySet<string> = new Set([
  'get', 'set', 'setex', 'setnx', 'del', 'unlink', 'incr', 'incrby', 'decr', 'expire', 'ttl', 'exists', 'hget', 'hset', 'hgetall', 'hdel', 'sadd',
  'srem', 'smembers', 'zadd', 'zrange', 'lpush', 'rpush', 'lrange', 'publish', 'subscribe', 'getorset', 'remember', 'invalidate',
]);
const stores = /redis|cache|memory|store|pub|sub/i;

/** The key family of one call on a Redis client or a cache in front of it: `stats:{tenantId}` for `` cache.get(`stats:${tenantId}`) ``. */
export function redisKeyOf(source: ts.SourceFile, node: ts.CallExpression): string | undefined {
  if (!ts.isPropertyAccessExpression(node.expression) || !redisCommands.has(node.expression.name.text.toLowerCase())) return undefined;
  if (!stores.test(node.expression.expression.getText(source))) return undefined;
  const [first] = node.arguments;
  const family = first === undefined ? undefined : familyOf(source, first);
  return family !== undefined && /^[\w.-]+:/.test(family) ? family : undefined;
}

function familyOf(source: ts.SourceFile, key: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(key)) return key.text;
  if (!ts.isTemplateExpression(key)) return undefined;
  return key.head.text + key.templateSpans.map(({ expression, literal }) => `{${placeholder(source, expression)}}${literal.text}`).join('');
}

function placeholder(source: ts.SourceFile, expression: ts.Expression): string {
  const text = expression.getText(source);
  return /^[\w.?]{1,40}$/.test(text) ? text.replaceAll('?', '') : '…';
}
