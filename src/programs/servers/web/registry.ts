import { digest } from '../../../engine/digest.ts';
import type { Kernel, Outcome, Program } from '../../../engine/process/program.ts';
import { httpDate, parseRequest, response } from '../http.ts';

/** Where distribution/distribution keeps what it has, see src/engine/registry/container-registry.ts. */
const ROOT = '/var/lib/registry/docker/registry/v2';
const PORT = 5000;
const MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';

/** The registry of distribution/distribution: serves what is pushed to it, and lists it (HTTP API V2, read only). */
export const registryProgram: Program = {
  run(kernel): Outcome {
    if (kernel.memory !== undefined) return { wait: {} };
    const [, command] = kernel.argv;
    if (command === '--version' || command === '-v') {
      kernel.output(`${kernel.argv[0]} github.com/distribution/distribution/v3 3.0.0\n`);
      return { exit: 0 };
    }
    if (command !== 'serve') {
      kernel.output('`registry`\n\nUsage:\n  registry [flags]\n  registry [command]\n');
      return { exit: command === undefined ? 0 : 1 };
    }
    const port = portOf(kernel);
    log(kernel, `using inmemory blob descriptor cache`);
    if (kernel.network.listen(port) !== undefined) {
      kernel.error(`level=fatal msg="listen tcp :${port}: bind: address already in use"\n`);
      return { exit: 1 };
    }
    log(kernel, `listening on [::]:${port}`);
    kernel.memory = { port };
    return { wait: {} };
  },
  signal(kernel, signal): Outcome | undefined {
    if (kernel.memory === undefined || (signal !== 15 && signal !== 2)) return undefined;
    log(kernel, 'stopping server gracefully. Draining connections for 0s');
    return { exit: signal === 15 ? 143 : 130 };
  },
  answer(kernel, request): string {
    const read = parseRequest(request);
    if (!read) return response(400, [], '');
    const answered = route(kernel, read.target, read.method);
    const agent = read.headers['user-agent'] ?? '';
    kernel.output(
      `${kernel.network.client ?? '127.0.0.1'} - - [${new Date(kernel.now).toUTCString()}] "${read.method} ${read.target} HTTP/${read.version}" ${answered.status} ${answered.body.length} "" "${agent}"\n`,
    );
    return response(
      answered.status,
      [
        ['Content-Type', answered.type],
        ['Docker-Distribution-Api-Version', 'registry/2.0'],
        ...answered.headers,
        ['X-Content-Type-Options', 'nosniff'],
        ['Date', httpDate(kernel.now)],
        ['Content-Length', String(answered.body.length)],
      ],
      read.method === 'HEAD' ? '' : answered.body,
    );
  },
};

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

function log(kernel: Kernel, text: string): void {
  const time = new Date(kernel.now).toISOString();
  kernel.error(`time="${time}" level=info msg="${text}" environment=development service=registry version=3.0.0\n`);
}

function portOf(kernel: Kernel): number {
  const given = kernel.environment['REGISTRY_HTTP_ADDR'];
  const path = kernel.argv[2] ?? '/etc/distribution/config.yml';
  const text =
    given ?? (kernel.files.exists(path) ? (/^\s*addr:\s*(\S+)/m.exec(kernel.files.read(path))?.[1] ?? '') : '');
  return Number(/:(\d+)$/.exec(text)?.[1] ?? PORT);
}

const json = (value: unknown, status = 200): Answer => ({
  ...{ status, type: 'application/json', headers: [], body: `${JSON.stringify(value)}\n` },
});
const problem = (status: number, code: string, message: string, detail: unknown = null): Answer =>
  json({ errors: [{ code, message, ...(detail === null ? {} : { detail }) }] }, status);

function route(kernel: Kernel, target: string, method: string): Answer {
  const [path = ''] = target.split('?');
  if (path === '/v2/' || path === '/v2') return { ...json({}), body: '{}' };
  if (path === '/v2/_catalog') return json({ repositories: repositories(kernel) });
  const tags = /^\/v2\/(.+)\/tags\/list$/.exec(path)?.[1];
  if (tags !== undefined) {
    const folder = `${ROOT}/repositories/${tags}/_manifests/tags`;
    if (!kernel.files.exists(folder))
      return problem(404, 'NAME_UNKNOWN', 'repository name not known to registry', { name: tags });
    return json({ name: tags, tags: kernel.files.list(folder) });
  }
  const [, name, reference = ''] = /^\/v2\/(.+)\/manifests\/([^/]+)$/.exec(path) ?? [];
  if (name !== undefined) return manifest(kernel, name, reference, method);
  const [, repository, hash = ''] = /^\/v2\/(.+)\/blobs\/sha256:([0-9a-f]{64})$/.exec(path) ?? [];
  if (repository !== undefined) {
    const file = `${ROOT}/blobs/sha256/${hash.slice(0, 2)}/${hash}/data`;
    if (!kernel.files.exists(file)) return problem(404, 'BLOB_UNKNOWN', 'blob unknown to registry', `sha256:${hash}`);
    const headers = [['Docker-Content-Digest', `sha256:${hash}`]] as const;
    return { status: 200, type: 'application/octet-stream', headers, body: kernel.files.read(file) };
  }
  return { status: 404, type: 'text/plain; charset=utf-8', headers: [], body: '404 page not found\n' };
}

function manifest(kernel: Kernel, name: string, reference: string, method: string): Answer {
  const folder = `${ROOT}/repositories/${name}/_manifests`;
  const link = reference.startsWith('sha256:')
    ? `${folder}/revisions/sha256/${reference.slice(7)}/link`
    : `${folder}/tags/${reference}/current/link`;
  if (!kernel.files.exists(link))
    return problem(
      404,
      'MANIFEST_UNKNOWN',
      'manifest unknown',
      reference.startsWith('sha256:') ? { name, revision: reference } : { Tag: reference },
    );
  const found = kernel.files.read(link).trim();
  if (method === 'DELETE') {
    for (const tag of kernel.files.exists(`${folder}/tags`) ? kernel.files.list(`${folder}/tags`) : [])
      if (kernel.files.read(`${folder}/tags/${tag}/current/link`).trim() === found)
        removeAll(kernel, `${folder}/tags/${tag}`);
    removeAll(kernel, `${folder}/revisions/sha256/${found.slice(7)}`);
    return { status: 202, type: 'text/plain', headers: [], body: '' };
  }
  const hash = found.slice('sha256:'.length);
  const body = kernel.files.read(`${ROOT}/blobs/sha256/${hash.slice(0, 2)}/${hash}/data`);
  const headers = [
    ['Docker-Content-Digest', digest(body)],
    ['Etag', `"${digest(body)}"`],
  ] as const;
  return { status: 200, type: MANIFEST, headers, body };
}

function removeAll(kernel: Kernel, path: string): void {
  if (kernel.files.lstat(path)?.type === 'directory')
    for (const name of kernel.files.list(path)) removeAll(kernel, `${path}/${name}`);
  kernel.files.remove(path);
}

/** Paths of all repositories, sorted: folders that hold manifests. */
function repositories(kernel: Kernel): string[] {
  const found: string[] = [];
  const visit = (folder: string, name: string) => {
    if (kernel.files.stat(folder)?.type !== 'directory') return;
    const names = kernel.files.list(folder);
    if (names.includes('_manifests')) found.push(name);
    for (const inner of names)
      if (!inner.startsWith('_')) visit(`${folder}/${inner}`, name === '' ? inner : `${name}/${inner}`);
  };
  visit(`${ROOT}/repositories`, '');
  return found.sort();
}
