import type { SurfaceCommand } from './surface.ts';

/** The command's name with all its words: `docker volume rm`. */
export function shownName({ path }: SurfaceCommand): string {
  return path === '' ? 'docker' : `docker ${path}`;
}

/** The usage line of messages; several lines where the command has several forms. */
export function useLine(command: SurfaceCommand): string {
  const { usage, more } = command;
  return `${shownName(command)}${usage === '' ? '' : ` ${usage}`}${more === undefined ? '' : `\n\t${more}`}`;
}
