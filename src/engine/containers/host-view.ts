import { encode } from '../bytes.ts';
import { type Directory, directory, type FileNode, regularFile } from '../files/node.ts';
import type { EngineState } from '../state.ts';
import { formatTime } from '../time.ts';
import type { Container, LogList } from './container.ts';

/** Key of the tree that stands for the engine's folder of containers, as the host sees it. */
export const CONTAINERS = 'containers';
export const CONTAINER_ROOT = '/var/lib/docker/containers';

/** The folder with a folder for each container: its log, its configuration, the files of its network. */
export function containersTree(state: EngineState): Directory {
  const folders = [...state.containers.values()].map((container): [string, FileNode] => [
    container.id,
    folderOf(state, container),
  ]);
  return directory({ mode: 0o710 }, new Map(folders));
}

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
