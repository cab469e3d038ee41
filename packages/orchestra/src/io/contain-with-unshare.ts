import type { ProcessRequest } from './run-process';

/** What a contained run may reach. */
export interface Reach {
  /** The only folder it may write to. */
  readonly writable: string;
  /** Folders it must not even read, e.g. the home with its credentials. */
  readonly hidden: readonly string[];
  /** Read-only exceptions below `hidden`, e.g. installed packages. */
  readonly kept: readonly string[];
  /** Bubblewrap only: the network stays as it is. */
  readonly network?: boolean;
}

/**
 * Runs inside new mount, network and process namespaces, as the owner of those namespaces; then gives that up for good
 * (`setpriv`), because whoever could mount could also mount back. A constant text: paths come in as arguments only.
 */
const sealScript = `set -eu
writable=$1 cwd=$2 hidden=$3; shift 3
ip link set lo up
mount --bind "$writable" "$writable"
stash=$writable/.kept; mkdir -p "$stash"; mount -t tmpfs tmpfs "$stash"
count=$1; shift; n=0; kept=
while [ $n -lt $count ]; do
  mkdir "$stash/$n"; mount --rbind "$1" "$stash/$n"
  printf '%s\\n' "$1" > "$stash/$n.path"; shift; n=$((n + 1))
done
n=0
while [ $n -lt $hidden ]; do mount -t tmpfs -o mode=755 tmpfs "$1"; shift; n=$((n + 1)); done
n=0
while [ $n -lt $count ]; do
  IFS= read -r path < "$stash/$n.path"; mkdir -p "$path"; mount --rbind "$stash/$n" "$path"; n=$((n + 1))
done
umount -l "$stash"; rmdir "$stash"
mount -t proc proc /proc
while read -r _ point _; do
  point=$(printf '%b' "$point")
  case $point in "$writable"|/proc|/proc/*|/sys|/sys/*|/dev|/dev/*) ;; *) mount -o remount,bind,ro "$point" 2>/dev/null || true ;; esac
done < /proc/self/mounts
cd "$cwd"
exec setpriv --ambient-caps=-all --inh-caps=-all --bounding-set=-all --no-new-privs -- "$@"
`;

const onlyLoopbackScript = `set -eu
ip link set lo up
drop=-sys_admin,-sys_ptrace,-sys_module,-sys_rawio,-net_admin,-net_raw,-mknod
exec setpriv --ambient-caps=-all --inh-caps=$drop --bounding-set=$drop --no-new-privs -- "$@"
`;

/** Root owns new namespaces as it is; anybody else needs a user namespace, in which they keep their own id. */
function owner(): readonly string[] {
  return process.getuid?.() === 0 ? [] : ['--user', '--map-current-user', '--keep-caps'];
}

/** Ends with this process, a SIGKILL included: nobody would be left to end it. */
const diesWithUs = ['--pdeathsig', 'KILL', '--', 'unshare'];

/** Reads everything but what is hidden, writes to one folder, sees no process but its own and no network but loopback. */
export function sealWithUnshare(request: ProcessRequest, reach: Reach): ProcessRequest {
  const namespaces = [...owner(), '--mount', '--net', '--ipc', '--pid', '--fork', '--kill-child'];
  const places = [reach.writable, request.cwd, String(reach.hidden.length), String(reach.kept.length), ...reach.kept, ...reach.hidden];
  return { ...request, command: 'setpriv', args: [...diesWithUs, ...namespaces, 'sh', '-c', sealScript, 'seal', ...places, request.command, ...request.args] };
}

/** No network but loopback; files and processes as they are. */
export function closeNetworkWithUnshare(request: ProcessRequest): ProcessRequest {
  const namespaces = [...owner(), '--net', '--fork', '--kill-child'];
  return { ...request, command: 'setpriv', args: [...diesWithUs, ...namespaces, 'sh', '-c', onlyLoopbackScript, 'close-network', request.command, ...request.args] };
}
