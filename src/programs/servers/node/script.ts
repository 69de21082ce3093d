/**
 * What a script of Node.js does, as far as its text tells it: servers, what is printed at the start and again and again, signals.
 * Node.js itself is not modelled: scripts are read by the forms that small services have, everything else is refused.
 */
export interface Script {
  /** Expressions that are printed when the script starts. */
  readonly prints: readonly { readonly expression: string; readonly toError: boolean }[];
  readonly server: Server | undefined;
  readonly interval: { readonly milliseconds: number; readonly expression: string } | undefined;
  /** How it ends on a signal, by the signal's name. */
  readonly signals: ReadonlyMap<string, { readonly exit: number; readonly print: string | undefined }>;
  readonly exit: number | undefined;
  readonly request: { readonly url: string } | undefined;
  /** Variables with the expressions that they are given. */
  readonly variables: ReadonlyMap<string, string>;
  readonly thrown: string | undefined;
}

export interface Server {
  readonly port: string;
  readonly listening: string | undefined;
  readonly routes: readonly Route[];
}

/** An answer, and for which path it is. */
export interface Route {
  readonly path: string | undefined;
  readonly status: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: readonly string[];
}

/** Reads a script; what it does not understand is told as text. */
export function readScript(source: string): Script | string {
  const text = strip(source);
  const variables = new Map<string, string>();
  for (const [, name, value] of text.matchAll(/^\s*(?:const|let|var)\s+(\w+)\s*=\s*([^;\n]+);?\s*$/gm))
    if (!/=>|createServer|require\(|function/.test(value!)) variables.set(name!, value!.trim());
  const handler =
    /createServer\s*\(\s*(?:async\s*)?(?:function\s*\w*\s*)?\(?\s*(\w+)\s*,\s*(\w+)\s*\)?\s*(?:=>\s*)?/.exec(text);
  let server: Server | undefined;
  let outside = text;
  if (handler) {
    const start = handler.index + handler[0].length;
    const end = bodyEnd(text, start);
    const listen =
      /\.listen\s*\(\s*([^,)]+(?:\|\|[^,)]+)?)\s*(?:,[^)=]*?)?(?:,\s*)?(?:(?:\(\s*\)|function\s*\(\s*\))\s*(?:=>)?\s*\{?\s*console\.log\(((?:[^()]|\([^()]*\))*)\))?/.exec(
        text.slice(end),
      );
    if (!listen) return 'a server that listens nowhere';
    const routes = readRoutes(text.slice(start, end), handler[1]!, handler[2]!);
    if (typeof routes === 'string') return routes;
    server = { port: listen[1]!.trim(), listening: listen[2], routes };
    outside = text.slice(0, handler.index) + text.slice(end).replace(listen[0], '');
  }
  const signals = readSignals(outside);
  const interval =
    /setInterval\s*\(\s*(?:\(\s*\)|function\s*\(\s*\))\s*(?:=>)?\s*\{?\s*console\.log\(((?:[^()]|\([^()]*\))*)\);?\s*\}?\s*,\s*([\d_]+)/.exec(
      outside,
    );
  const top = outside
    .replace(/process\.(?:on|once)\s*\([\s\S]*?\n\}\);?|process\.(?:on|once)\s*\([^\n]*/g, '')
    .replace(/setInterval[\s\S]*/, '');
  const prints = [...top.matchAll(/console\.(log|info|error|warn)\(((?:[^()]|\([^()]*\))*)\)/g)].map(
    ([, how, expression]) => ({
      expression: expression!,
      toError: how === 'error' || how === 'warn',
    }),
  );
  const exit = /process\.exit\(\s*(\d*)\s*\)/.exec(top.replace(/fetch\([\s\S]*/, ''));
  const request = /fetch\(\s*['"`]([^'"`]+)['"`]/.exec(top) ?? /http'?\)?\.get\(\s*['"`]([^'"`]+)['"`]/.exec(top);
  const thrown = /^\s*throw new (\w*Error\((?:'[^']*'|"[^"]*")?\))/m.exec(top)?.[1];
  return {
    ...{ prints, server, signals, variables, thrown },
    interval: interval
      ? { expression: interval[1]!, milliseconds: Number(interval[2]!.replaceAll('_', '')) }
      : undefined,
    exit: exit ? Number(exit[1] || 0) : undefined,
    request: request ? { url: request[1]! } : undefined,
  };
}

function strip(source: string): string {
  return source
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/([;{}])\s*\/\/.*$/gm, '$1');
}

/** End of a function's body that begins at `start`: a block, or one expression. */
function bodyEnd(text: string, start: number): number {
  let depth = 0;
  let quote = '';
  for (let at = start; at < text.length; at += 1) {
    const char = text[at]!;
    if (quote !== '') {
      if (char === '\\') at += 1;
      else if (char === quote) quote = '';
    } else if (`'"\``.includes(char)) quote = char;
    else if ('({['.includes(char)) depth += 1;
    else if (')}]'.includes(char)) {
      if (depth === 0) return at;
      depth -= 1;
      if (depth === 0 && char === '}') return at + 1;
    }
  }
  return text.length;
}

function readRoutes(body: string, request: string, answer: string): Route[] | string {
  const routes: Route[] = [];
  const condition = new RegExp(`if\\s*\\(\\s*${request}\\.url\\s*={2,3}\\s*['"\`]([^'"\`]+)['"\`][^)]*\\)\\s*`, 'g');
  let rest = body;
  for (const match of body.matchAll(condition)) {
    const from = match.index + match[0].length;
    const end = body[from] === '{' ? bodyEnd(body, from) : body.indexOf(';', from) + 1 || body.length;
    const own = body.slice(from, end);
    routes.push(readAnswer(own, answer, match[1]));
    rest = rest.replace(match[0] + own, '');
  }
  routes.push(readAnswer(rest.replace(/\belse\b/g, ''), answer, undefined));
  return routes.every(({ body: parts }) => parts.length > 0)
    ? routes
    : 'a server that answers with something else than text';
}

function readAnswer(text: string, answer: string, path: string | undefined): Route {
  const head = new RegExp(`${answer}\\.writeHead\\(\\s*(\\d+)\\s*(?:,\\s*(\\{[^}]*\\}))?`).exec(text);
  const status = head?.[1] ?? new RegExp(`${answer}\\.statusCode\\s*=\\s*(\\d+)`).exec(text)?.[1] ?? '200';
  const headers: [string, string][] = [...(head?.[2] ?? '').matchAll(/['"]?([\w-]+)['"]?\s*:\s*['"]([^'"]*)['"]/g)].map(
    ([, name, value]) => [name!, value!],
  );
  for (const [, name, value] of text.matchAll(
    new RegExp(`${answer}\\.setHeader\\(\\s*['"]([^'"]+)['"]\\s*,\\s*['"]([^'"]*)['"]`, 'g'),
  ))
    headers.push([name!, value!]);
  const body = [
    ...text.matchAll(new RegExp(`${answer}\\.(?:end|write)\\(((?:[^()]|\\((?:[^()]|\\([^()]*\\))*\\))*)\\)`, 'g')),
  ].map(([, part]) => part!.trim());
  return { path, status, headers, body };
}

function readSignals(text: string): Map<string, { exit: number; print: string | undefined }> {
  const found = new Map<string, { exit: number; print: string | undefined }>();
  for (const match of text.matchAll(/process\.(?:on|once)\s*\(\s*(?:['"](SIG\w+)['"]|(\w+))\s*,/g)) {
    const body = text.slice(match.index, match.index + 400);
    const exit = Number(/process\.exit\(\s*(\d+)\s*\)/.exec(body)?.[1] ?? 0);
    const print = /console\.log\(((?:[^()]|\([^()]*\))*)\)/.exec(body)?.[1];
    const ends = /process\.exit|\.close\(|process\.exit\b/.test(body);
    const names = match[1] ? [match[1]] : [...text.matchAll(/['"](SIG[A-Z]+)['"]/g)].map(([, name]) => name!);
    for (const name of names) if (ends) found.set(name, { exit, print });
  }
  return found;
}
