/** Letters that a shell's long option names stand for; `P` is ours, as pipefail has none. */
export const OPTION_NAMES: Readonly<Record<string, string>> = {
  ...{ allexport: 'a', braceexpand: 'B', errexit: 'e', hashall: 'h', monitor: 'm', noclobber: 'C', noexec: 'n' },
  ...{
    noglob: 'f',
    notify: 'b',
    nounset: 'u',
    pipefail: 'P',
    verbose: 'v',
    xtrace: 'x',
    errtrace: 'E',
    functrace: 'T',
  },
};
