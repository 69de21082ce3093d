/**
 * Whether a command line goes on in the next line: a quote is open, a here-document has not ended, or the line ends in a
 * backslash or an operator that wants more (POSIX.1-2024, Shell Command Language, 2.2 and 2.7.4). Compound commands
 * are not looked at.
 */
export function isIncomplete(text: string): boolean {
  const documents: { readonly word: string; readonly tabs: boolean }[] = [];
  const lines = text.split('\n');
  let quote = '';
  let continued = false;
  let wantsMore = false;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]!;
    let plain = '';
    continued = false;
    for (let i = 0; i < line.length; i += 1) {
      const char = line[i]!;
      if (quote === "'") {
        if (char === "'") quote = '';
      } else if (char === '\\') {
        if (i === line.length - 1) continued = true;
        i += 1;
        plain += 'x';
      } else if (quote === '"') {
        if (char === '"') quote = '';
      } else if (char === "'" || char === '"') {
        quote = char;
        plain += 'x';
      } else if (char === '#' && (plain === '' || /\s$/.test(plain))) break;
      else plain += char;
    }
    if (quote !== '') continue;
    for (const found of line.matchAll(/(?<!<)<<(-?)(?!<)\s*(?:'([^']+)'|"([^"]+)"|\\?([\w.]+))/g))
      documents.push({ word: found[2] ?? found[3] ?? found[4]!, tabs: found[1] === '-' });
    wantsMore = /(?:\||&&)\s*$/.test(plain);
    while (documents.length > 0) {
      const { word, tabs } = documents.shift()!;
      do at += 1;
      while (at < lines.length && (tabs ? lines[at]!.replace(/^\t+/, '') : lines[at]) !== word);
      if (at >= lines.length) return true;
    }
  }
  return quote !== '' || continued || wantsMore;
}
