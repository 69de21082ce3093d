import type { Methods } from '../format/value.ts';

type Labels = Readonly<Record<string, string>> | null;

/** Methods of rows that have labels: all of them as one text, and one by its name. */
export function labelMethods(labels: Labels): Methods['methods'] {
  return {
    Labels: () =>
      Object.entries(labels ?? {})
        .map(([name, value]) => `${name}=${value}`)
        .sort()
        .join(','),
    Label: (name) => labels?.[String(name)] ?? '',
  };
}
