import type { ToolTable } from '../tool.ts';
import { awkTools } from './awk/index.ts';
import { catTools } from './cat.ts';
import { cutTools } from './cut.ts';
import { echoTools } from './echo.ts';
import { grepTools } from './grep.ts';
import { headTools } from './head.ts';
import { sedTools } from './sed/index.ts';
import { sortTools } from './sort.ts';
import { teeTools } from './tee.ts';
import { trTools } from './tr.ts';
import { uniqTools } from './uniq.ts';
import { wcTools } from './wc.ts';

/** Tools that read, change and write text: cat, grep, sed, awk, sort …. */
export const textTools: ToolTable = {
  ...catTools,
  ...echoTools,
  ...headTools,
  ...grepTools,
  ...awkTools,
  ...sedTools,
  ...sortTools,
  ...uniqTools,
  ...wcTools,
  ...cutTools,
  ...trTools,
  ...teeTools,
};
