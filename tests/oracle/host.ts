import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { STARTS_SOMETHING } from '../../src/markdown/examples.ts';

/** Images that are present before a page's first command; everything else is removed. */
const BASE = [
  ...['alpine:3.22', 'alpine:latest', 'busybox:1.37', 'busybox:latest', 'debian:trixie-slim', 'debian:latest'],
  ...['nginx:1.29', 'nginx:latest', 'redis:8', 'redis:latest', 'python:3.13-slim', 'python:latest'],
];
const MORE = ['node:24-slim', 'golang:1.24', 'postgres:17', 'registry:3'];
const KEPT = [...BASE, ...MORE].map((name) => name.replaceAll('.', '\\.')).join('|');
const LAB = '/root/lab';

const RESET = `
PATH=/usr/sbin:/usr/bin:/sbin:/bin; ln -sf /run/oracle.sock /var/run/docker.sock
docker swarm leave -f; docker ps -aq | xargs -r docker rm -fv; docker volume ls -q | xargs -r docker volume rm -f
docker network prune -f; docker builder prune -af; docker context use default
docker context ls -q | grep -vx default | xargs -r docker context rm -f
docker buildx ls --format '{{.Name}}' | grep -vxE 'default|' | xargs -r -n1 docker buildx rm
docker images --format '{{.Repository}}:{{.Tag}}' | grep -vxE '${KEPT}' | grep -v '<none>' | xargs -r docker rmi -f
docker images --digests --format '{{.Tag}} {{.Repository}}@{{.Digest}}' | awk '$1 == "<none>" && /@sha256/ {print $2}' | xargs -r docker rmi -f
docker image prune -f
n=$(docker images --format '{{.Repository}}:{{.Tag}}' | grep -cxE '${KEPT}')
[ "$n" = ${BASE.length + MORE.length} ] || { docker load -q -i /images/base.tar; docker load -q -i /images/handbook.tar; }
rm -rf ${LAB} ~/.bash_history && mkdir -p ${LAB} && cd ${LAB}; true`;

/** A shell beside a real Docker Engine, in which commands are run as a reader would type them. */
export class Host {
  readonly #shell: ChildProcess;
  readonly #root: string;
  readonly #folder: string;
  #buffer = '';
  #wake: () => void = () => {};

  /** `root` is where the engine's own system lies on this machine; `netns` the network it runs in, when not ours. */
  constructor(root: string, netns?: string) {
    this.#root = root;
    this.#folder = mkdtempSync(join(root, 'tmp', 'page-'));
    const shell = ['chroot', root, 'bash', '--noprofile', '--norc'];
    const [program = 'chroot', ...args] = netns ? ['nsenter', `--net=/run/netns/${netns}`, ...shell] : shell;
    this.#shell = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#shell.stdout!.on('data', (data: Buffer) => {
      this.#buffer += data.toString();
      this.#wake();
    });
  }

  /** Brings the engine and the lab folder to the state that each page begins with. */
  async reset(): Promise<void> {
    await this.run(RESET, 300);
  }

  /** Writes a file of the lab folder. */
  writeFile(path: string, content: string): void {
    const target = join(this.#root, LAB, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, `${content}\n`);
  }

  /** What a command prints, standard output and errors as a terminal shows them. Rejects after `limit` seconds. */
  async run(command: string, limit = 120): Promise<string> {
    const inside = this.#folder.slice(this.#root.replace(/\/$/, '').length);
    writeFileSync(join(this.#folder, 'cmd'), command);
    // The command finds the exit code of the one before in `$?`, as at a prompt.
    this.#shell.stdin!.write(
      `command=$(cat ${inside}/cmd); (exit \${last:-0}); eval "$command" >${inside}/out 2>&1 </dev/null; last=$?; echo "__END $last"\n`,
    );
    const deadline = Date.now() + limit * 1000;
    while (!/__END \d+\n/.test(this.#buffer)) {
      if (Date.now() > deadline) throw new Error(`no answer within ${limit} s: ${command}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        setTimeout(resolve, 500);
      });
    }
    this.#buffer = '';
    // A reader types the next command later than a test does: what has been started gets time to listen.
    if (STARTS_SOMETHING.test(command)) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    return readFileSync(join(this.#folder, 'out'), 'utf8');
  }

  close(): void {
    this.#shell.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
