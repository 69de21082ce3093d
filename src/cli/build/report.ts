import type { BuildError } from '../../engine/build/build.ts';
import { excerpt } from '../../engine/build/dockerfile-error.ts';
import { type Warning, warningLine } from '../../engine/build/lint.ts';

/** The warnings below a build's progress; `source` expands them, as `docker --debug` does. */
export function warningsText(
  warnings: readonly Warning[],
  source?: { readonly name: string; readonly text: string },
): string {
  if (warnings.length === 0) return '';
  const count = `${warnings.length} ${warnings.length === 1 ? 'warning' : 'warnings'} found`;
  const hint = source ? '' : ' (use docker --debug to expand)';
  // Colours are written whatever standard error is.
  let text = `\n \u001b[33m${count}${hint}:\n\u001b[0m`;
  for (const warning of warnings) {
    text += ` - ${warningLine(warning)}\n`;
    if (source)
      text += `${warning.description}\nMore info: ${warning.url}\n${excerpt(source.text, source.name, warning.location)}\n`;
  }
  return text;
}

/** What stands on standard error when a build has failed, below its progress. */
export function failureText(error: BuildError, quiet: boolean): string {
  const progress = quiet ? '' : error.block + warningsText(error.warnings);
  return `${progress}${error.excerpts}ERROR: failed to build: failed to solve: ${error.message}\n`;
}

/** What `docker build --check` prints. */
export function checkText(
  warnings: readonly Warning[],
  source: { readonly name: string; readonly text: string },
): string {
  if (warnings.length === 0) return 'Check complete, no warnings found.\n';
  const one = warnings.length === 1;
  let text = `Check complete, ${warnings.length} ${one ? 'warning has' : 'warnings have'} been found!\n`;
  for (const { rule, url, detail, location } of sorted(warnings))
    text += `\nWARNING: ${rule}${url === '' ? '' : ` - ${url}`}\n${detail}\n${excerpt(source.text, source.name, location)}`;
  return text;
}

/** By line. */
export function sorted(warnings: readonly Warning[]): Warning[] {
  return [...warnings].sort((a, b) => (a.location[0]?.start ?? 0) - (b.location[0]?.start ?? 0));
}
