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
