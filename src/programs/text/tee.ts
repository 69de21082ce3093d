import { FileError } from '../../engine/files/errors.ts';
import type { ToolTable } from '../tool.ts';
import { writeFile } from './support/input.ts';
import { parseOptions } from './support/options.ts';
import { type Context, textTool } from './support/tool.ts';

function tee(context: Context): undefined {
  const options = parseOptions(
    context,
    context.busybox
      ? { short: 'ai' }
      : { short: 'aip', long: { append: 'a', 'ignore-interrupts': 'i', 'output-error': 'p::' } },
  );
  const text = context.kernel.wholeInput();
  for (const name of options.operands) {
    try {
      if (name === '-' && context.busybox) context.out(text);
      else writeFile(context.kernel, name, text, options.has('a'));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      context.complain(`${name}: ${error.message}`);
    }
  }
  context.out(text);
}

export const teeTools: ToolTable = { tee: textTool(tee) };
