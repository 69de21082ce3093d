import type { AndOr, Command, List, Part, Pipeline, Redirection, Word } from './ast.ts';

/** A command as a shell lists it: in `jobs`, or as the body of a function. */
export function listText(list: List): string {
  return list.items.map(({ command, background }) => `${andOrText(command)}${background ? ' &' : ''}`).join('; ');
}

function andOrText({ first, rest }: AndOr): string {
  return [pipelineText(first), ...rest.map(({ op, pipeline }) => `${op} ${pipelineText(pipeline)}`)].join(' ');
}

function pipelineText({ commands, negated }: Pipeline): string {
  return (negated ? '! ' : '') + commands.map(commandText).join(' | ');
}

/** A command as text on one line. */
export function commandText(command: Command): string {
  if (command.k === 'function') return `${command.name} () ${commandText(command.body)}`;
  const tail = command.redirections.map((redirection) => ` ${redirectionText(redirection)}`).join('');
  switch (command.k) {
    case 'simple':
      return [
        ...command.assignments.map(({ name, append, value, values }) =>
          values ? `${name}=(${values.map(wordText).join(' ')})` : `${name}${append ? '+' : ''}=${wordText(value)}`,
        ),
        ...command.words.map(wordText),
        ...command.redirections.map(redirectionText),
      ].join(' ');
    case 'group':
      return `{ ${listText(command.body)}; }${tail}`;
    case 'subshell':
      return `( ${listText(command.body)} )${tail}`;
    case 'if':
      return `if ${command.branches.map(({ condition, body }) => `${listText(condition)}; then ${listText(body)}; `).join('elif ')}${command.otherwise ? `else ${listText(command.otherwise)}; ` : ''}fi${tail}`;
    case 'while':
      return `${command.until ? 'until' : 'while'} ${listText(command.condition)}; do ${listText(command.body)}; done${tail}`;
    case 'for':
      return `for ${command.name}${command.words ? ` in ${command.words.map(wordText).join(' ')}` : ''}; do ${listText(command.body)}; done${tail}`;
    case 'forarithmetic':
      return `for ((${[command.start, command.condition, command.step].map(wordText).join('; ')})); do ${listText(command.body)}; done${tail}`;
    case 'case':
      return `case ${wordText(command.word)} in ${command.items.map(({ patterns, body }) => `${patterns.map(wordText).join(' | ')}) ${listText(body)} ;; `).join('')}esac${tail}`;
    case 'condition':
      return `[[ ${command.words.map(wordText).join(' ')} ]]${tail}`;
    default:
      return `((${wordText(command.expression)}))${tail}`;
  }
}

function redirectionText({ fd, op, word }: Redirection): string {
  const usual = op.startsWith('<') ? 0 : 1;
  const number = op.startsWith('&') || fd === usual ? '' : String(fd);
  return op === '>&' || op === '<&' ? `${fd}${op}${wordText(word)}` : `${number}${op} ${wordText(word)}`;
}

function wordText(word: Word): string {
  let result = '';
  let open = '';
  for (const part of word) {
    const quote = part.q ? '"' : '';
    if (quote !== open) result += open + quote;
    open = quote;
    result += partText(part);
  }
  return result + open;
}

function partText(part: Part): string {
  switch (part.t) {
    case 'text':
      return part.s;
    case 'parameter': {
      if (!part.op && part.index === undefined)
        return `$${part.name.length > 1 && /^\d/.test(part.name) ? `{${part.name}}` : part.name}`;
      const index = part.index === undefined ? '' : `[${part.index}]`;
      if (part.op === 'length') return `\${#${part.name}${index}}`;
      if (part.op === 'indirect') return `\${!${part.name}${index}}`;
      return `\${${part.name}${index}${part.op ?? ''}${part.word ? wordText(part.word) : ''}}`;
    }
    case 'command':
      return `$(${listText(part.list)})`;
    case 'process':
      return `${part.direction}(${listText(part.list)})`;
    default:
      return `$((${wordText(part.word)}))`;
  }
}

/** A function as bash writes it: `declare -f`. */
export function functionText(name: string, body: Command): string {
  return `${name} () \n${blockText(body, 0)}\n`;
}

const pad = (depth: number) => '    '.repeat(depth);

function blockText(command: Command, depth: number): string {
  if (command.k !== 'group') return `{ \n${pad(depth + 1)}${indented(command, depth + 1)}\n${pad(depth)}}`;
  return `{ \n${linesOf(command.body, depth + 1)}\n${pad(depth)}}`;
}

/** A list as lines; all but the last command end with a semicolon. */
function linesOf(list: List, depth: number): string {
  return list.items
    .map(({ command, background }, at) => {
      const text = chain(command, depth);
      return `${pad(depth)}${text}${background ? ' &' : at < list.items.length - 1 ? ';' : ''}`;
    })
    .join('\n');
}

function chain({ first, rest }: AndOr, depth: number): string {
  const pipeline = ({ commands, negated }: Pipeline) =>
    (negated ? '! ' : '') + commands.map((command) => indented(command, depth)).join(' | ');
  return [pipeline(first), ...rest.map((part) => `${part.op} ${pipeline(part.pipeline)}`)].join(' ');
}

function indented(command: Command, depth: number): string {
  if (command.k === 'function') return `function ${command.name} () \n${pad(depth)}${blockText(command.body, depth)}`;
  const tail = command.redirections.map((redirection) => ` ${redirectionText(redirection)}`).join('');
  const body = (list: List) => `${linesOf(list, depth + 1)};`;
  switch (command.k) {
    case 'group':
      return `{ \n${linesOf(command.body, depth + 1)};\n${pad(depth)}}${tail}`.replace(/;\n(\s*)}$/, '\n$1}');
    case 'if': {
      let text = '';
      for (const [at, branch] of command.branches.entries()) {
        const inner = depth + at;
        text += `${at > 0 ? `else\n${pad(inner)}` : ''}if ${inline(branch.condition)}; then\n${linesOf(branch.body, inner + 1)};\n${pad(inner)}`;
      }
      const last = depth + command.branches.length - 1;
      if (command.otherwise) text += `else\n${linesOf(command.otherwise, last + 1)};\n${pad(last)}`;
      for (let at = command.branches.length - 1; at >= 0; at -= 1)
        text += `fi${at > 0 ? `;\n${pad(depth + at - 1)}` : ''}`;
      return text + tail;
    }
    case 'while':
      return `${command.until ? 'until' : 'while'} ${inline(command.condition)}; do\n${body(command.body)}\n${pad(depth)}done${tail}`;
    case 'for': {
      const words = command.words ? command.words.map(wordText).join(' ') : '"$@"';
      return `for ${command.name} in ${words};\n${pad(depth)}do\n${body(command.body)}\n${pad(depth)}done${tail}`;
    }
    case 'case': {
      const items = command.items.map(
        ({ patterns, body: list }) =>
          `${pad(depth + 1)}${patterns.map(wordText).join(' | ')})\n${list.items.length > 0 ? linesOf(list, depth + 2) : ''}\n${pad(depth + 1)};;\n`,
      );
      return `case ${wordText(command.word)} in \n${items.join('')}${pad(depth)}esac${tail}`;
    }
    case 'subshell':
      return `( ${linesOf(command.body, depth).trimStart()} )${tail}`;
    default:
      return commandText(command);
  }
}

const inline = (list: List) => listText(list);
