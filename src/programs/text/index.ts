import type { ToolTable } from '../tool.ts';
import { awkTools } from './awk/index.ts';
import { catTools } from './cat.ts';
import { compareTools } from './compare.ts';
import { cutTools } from './cut.ts';
import { dumpTools } from './dump.ts';
import { echoTools } from './echo.ts';
import { encodeTools } from './encode.ts';
import { exprTools } from './expr.ts';
import { foldTools } from './fold.ts';
import { grepTools } from './grep.ts';
import { gzipTools } from './gzip.ts';
import { headTools } from './head.ts';
import { jqTools } from './jq/index.ts';
import { sedTools } from './sed/index.ts';
import { seqTools } from './seq.ts';
import { sortTools } from './sort.ts';
import { tarTools } from './tar.ts';
import { teeTools } from './tee.ts';
import { trTools } from './tr.ts';
import { uniqTools } from './uniq.ts';
import { wcTools } from './wc.ts';
import { xargsTools } from './xargs.ts';

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
  ...compareTools,
  ...encodeTools,
  ...exprTools,
  ...foldTools,
  ...gzipTools,
  ...seqTools,
  ...dumpTools,
  ...jqTools,
  ...tarTools,
  ...xargsTools,
};
