/**
 * Runtime input of the static target: the commits that `chooseDiffRange` would choose, so that a moved branch, another
 * NX_BASE or a new commit misses the cache, while another clone of the same commits hits it. One `node -e`, because a
 * shell that knows `${NX_BASE:-main}` is not there on Windows. Undefined when the branch's name could be read as code.
 */
export function rangeInput(defaultBase: string): string | undefined {
  if (!/^[\w./-]+$/.test(defaultBase)) {
    return undefined;
  }
  const script = [
    'const{NX_BASE:b,NX_HEAD:h}=process.env',
    "const g=(...a)=>require('child_process').spawnSync('git',a,{encoding:'utf8'}).stdout.trim()",
    "const t=g('rev-parse',h||'HEAD')",
    `console.log(h?'commit':'tree',t,b?g('rev-parse',b):g('merge-base','${defaultBase}',t)||g('merge-base','origin/${defaultBase}',t))`,
  ].join(';');
  return `node -e "${script}"`;
}
