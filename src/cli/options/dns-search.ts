import { OptionError } from './option-error.ts';

const LABEL = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const DOMAIN = new RegExp(`^(:?${LABEL}(?:\\.${LABEL})*)\\.?\\s*$`);

/** The value of `--dns-search`; a single dot means none (docker/cli, opts.ValidateDNSSearch). Throws {@link OptionError}. */
export function parseDnsSearch(value: string): string {
  const domain = value.replace(/^ +| +$/g, '');
  if (domain === '.') return domain;
  const name = /[a-zA-Z]/.test(domain) ? DOMAIN.exec(domain)?.[1] : undefined;
  if (name === undefined || name.length >= 255) throw new OptionError(`${domain} is not a valid domain`);
  return name;
}
