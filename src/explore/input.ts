/** A fence's text: the name of the explorable, and what it begins with. */
export function readFence(text: string): { readonly name: string; readonly input: string } {
  const [name = '', ...rest] = text.split('\n');
  return { name: name.trim(), input: rest.join('\n') };
}

export interface InputFile {
  readonly path: string;
  readonly text: string;
}

/** Files written one below the other, each but the first under a line `--- PATH`. */
export function readFiles(input: string, first: string): InputFile[] {
  const [head = '', ...rest] = input.split(/^--- (?=\S)/m);
  return [
    { path: first, text: head.trimEnd() },
    ...rest.map((part) => {
      const end = part.indexOf('\n');
      return { path: part.slice(0, end).trim(), text: part.slice(end + 1).trimEnd() };
    }),
  ];
}
