import { encode } from '../bytes.ts';
import { type Directory, directory, type FileNode, regularFile } from '../files/node.ts';
import type { EngineState } from '../state.ts';
import { formatTime } from '../time.ts';
import type { Container, LogList } from './container.ts';

/** Key of the tree that stands for the engine's folder of containers, as the host sees it. */
export const CONTAINERS = 'containers';
export const CONTAINER_ROOT = '/var/lib/docker/containers';

const FOLDER = 'container folder ';

/** The trees made up for that folder: itself, with a folder for each container, and each of these. */
export function containersTree(state: EngineState, key: string): Directory | undefined {
  if (key === CONTAINERS) {
    const folders = [...state.containers.values()].map(({ id, created }): [string, FileNode] => [
      id,
      directory({ mode: 0o710, mtime: created }),
    ]);
    return directory({ mode: 0o710 }, new Map(folders));
  }
  const container = key.startsWith(FOLDER) ? state.containers.get(key.slice(FOLDER.length)) : undefined;
  return container && folderOf(state, container);
}

/** What lies in a container's folder is a tree of its own. */
export function insideContainer(
  state: EngineState,
  key: string,
  [id = '', ...names]: readonly string[],
): { tree: string; names: readonly string[] } | undefined {
  return key === CONTAINERS && state.containers.has(id) ? { tree: `${FOLDER}${id}`, names } : undefined;
}

/** The log, the configuration and the files of the network of a container. */
function folderOf(state: EngineState, container: Container): Directory {
  const { id, created: mtime, hostConfig, config, state: now } = container;
  const text = (data: string, mode = 0o600) => regularFile(data, { mode, mtime });
  const json = (value: unknown) => text(`${encode(JSON.stringify(value))}\n`);
  const { path: Path, args: Args, image: Image, name } = container;
  const entries = new Map<string, FileNode>([
    ['checkpoints', directory({ mode: 0o700, mtime })],
    [
      'config.v2.json',
      json({
        ID: id,
        Created: formatTime(mtime),
        Path,
        Args,
        Config: config,
        Image,
        Name: `/${name}`,
        Driver: 'overlay2',
      }),
    ],
    ['hostconfig.json', json(hostConfig)],
    ['mounts', directory({ mode: 0o700, mtime })],
  ]);
  const logged = now.startedAt !== 0 || now.status === 'running';
  if (logged && hostConfig.LogConfig.Type === 'json-file')
    entries.set(`${id}-json.log`, text(jsonLines(container.log), 0o640));
  for (const [name, node] of state.trees.get(`files:${id}`)?.entries ?? [])
    if (name !== 'docker-init') entries.set(name, node);
  if (state.trees.has(`files:${id}`)) entries.set('resolv.conf.hash', text('', 0o644));
  return directory({ mode: 0o710, mtime }, entries);
}

/** What the log driver json-file writes: a line for each line of a stream. */
function jsonLines(log: LogList | undefined): string {
  const lines: string[] = [];
  for (let at = log; at; at = at.before) {
    const { stream, text, time } = at.last;
    for (const part of text.split(/(?<=\n)/).reverse())
      lines.push(`{"log":${jsonText(part)},"stream":"${stream}","time":"${formatTime(time)}"}\n`);
  }
  return lines.reverse().join('');
}

/** A byte string as Go's encoding/json writes it. */
function jsonText(text: string): string {
  return JSON.stringify(text).replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`);
}
