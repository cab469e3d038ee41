import type { Reach } from './contain-with-unshare';
import type { ProcessRequest } from './run-process';

/** As `sealWithUnshare`, by bubblewrap, which many desktops and CI images have. */
export function sealWithBubblewrap(request: ProcessRequest, reach: Reach): ProcessRequest {
  const args = [
    ...(reach.network === true ? [] : ['--unshare-net']), '--unshare-pid', '--unshare-ipc', '--die-with-parent', '--new-session', '--cap-drop', 'ALL',
    '--ro-bind', '/', '/', '--dev', '/dev', '--proc', '/proc',
    ...reach.hidden.flatMap((path) => ['--tmpfs', path]),
    ...reach.kept.flatMap((path) => ['--ro-bind', path, path]),
    '--bind', reach.writable, reach.writable, '--chdir', request.cwd,
  ];
  return { ...request, command: 'bwrap', args: [...args, '--', request.command, ...request.args] };
}

export function closeNetworkWithBubblewrap(request: ProcessRequest): ProcessRequest {
  const args = ['--unshare-net', '--die-with-parent', '--dev-bind', '/', '/', '--chdir', request.cwd];
  return { ...request, command: 'bwrap', args: [...args, '--', request.command, ...request.args] };
}
