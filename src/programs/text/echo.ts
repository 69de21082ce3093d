import { echoEscapes, formatPrintf } from '../../shell/printf.ts';
import type { ToolTable } from '../tool.ts';
import { type Context, textTool } from './support/tool.ts';

function echo(context: Context): undefined {
  const words = context.kernel.argv.slice(1);
  let newline = true;
  let escapes = false;
  while (/^-[neE]+$/.test(words[0] ?? '')) {
    for (const option of words.shift()!.slice(1)) {
      if (option === 'n') newline = false;
      else escapes = option === 'e';
    }
  }
  const text = words.join(' ');
  const { bytes, stop } = escapes ? echoEscapes(text) : { bytes: text, stop: false };
  context.out(bytes + (newline && !stop ? '\n' : ''));
}

function printf(context: Context): undefined {
  const words = context.kernel.argv.slice(1);
  if (words[0] === '--') words.shift();
  const [format, ...args] = words;
  if (format === undefined) {
    if (context.busybox) throw context.usage();
    throw context.usage('missing operand');
  }
  const { output, problems } = formatPrintf(format, args);
  context.out(output);
  for (const problem of problems) {
    const { value } = problem;
    if (context.busybox) context.complain(`invalid number '${value}'`);
    else
      context.complain(
        `${context.quote(value)}: ${/^\d/.test(value) ? 'value not completely converted' : 'expected a numeric value'}`,
      );
  }
}

export const echoTools: ToolTable = { echo: textTool(echo), printf: textTool(printf) };
