/** The files that Compose reads, by absolute path; text is Unicode. */
export interface ComposeFiles {
  /** The text of a file; undefined when there is none. */
  read(path: string): string | undefined;
  kind(path: string): 'file' | 'directory' | undefined;
  /** What `-f -` reads. */
  stdin(): string;
}

/** What loading a project needs. */
export interface Loading {
  readonly files: ComposeFiles;
  /** Variables for interpolation. */
  readonly environment: ReadonlyMap<string, string>;
  /** Folder against which relative paths are seen. */
  readonly workingDirectory: string;
  readonly interpolate: boolean;
  readonly normalize: boolean;
  readonly resolvePaths: boolean;
  readonly consistency: boolean;
  readonly profiles: readonly string[];
  /** A warning, as logrus would get it. */
  warn(message: string): void;
}

/** `path` seen from a folder, as Go's filepath.Join cleans it. */
export function joinPath(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') parts.pop();
    else parts.push(part);
  }
  return `/${parts.join('/')}`;
}

export function absolutePath(folder: string, path: string): string {
  return path.startsWith('/') ? joinPath('/', path) : joinPath(folder, path);
}

export function folderOf(path: string): string {
  return joinPath(path, '..');
}
