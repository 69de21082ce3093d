import { loadProject, type ProjectOptions } from '../../src/compose/load/project.ts';
import { marshalProject } from '../../src/compose/project/marshal.ts';
import type { Project } from '../../src/compose/project/project.ts';
import { encodeYaml } from '../../src/compose/yaml/encode.ts';

/** Files of a host by absolute path, the folder being /root/lab. */
export type Files = Readonly<Record<string, string>>;

export interface Loaded {
  readonly project: Project;
  readonly warnings: readonly string[];
}

/** Reads the project of a folder that exists in the test only. */
export function load(files: Files, options: Partial<ProjectOptions> = {}): Loaded {
  const warnings: string[] = [];
  const isFolder = (path: string) => Object.keys(files).some((file) => file.startsWith(`${path}/`));
  const { project } = loadProject({
    files: {
      read: (path) => files[path],
      kind: (path) => (path in files ? 'file' : isFolder(path) ? 'directory' : undefined),
      stdin: () => '',
    },
    ...{ cwd: '/root/lab', variables: {}, name: '', configPaths: [], projectDirectory: '', envFiles: [], profiles: [] },
    warn: (message) => warnings.push(message),
    ...options,
  });
  return { project, warnings };
}

/** What `docker compose config` prints of one file. */
export function config(yaml: string, options: Partial<ProjectOptions> = {}): string {
  return encodeYaml(marshalProject(load({ '/root/lab/compose.yaml': yaml }, options).project, 'yaml'));
}

/** The message with which loading a file fails. */
export function refusal(yaml: string): string {
  try {
    load({ '/root/lab/compose.yaml': yaml });
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}
