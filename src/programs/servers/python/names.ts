/** Functions that every module knows, besides the types and the exceptions. */
export const BUILTINS: ReadonlySet<string> = new Set(
  `print len input open abs all any ascii bin callable chr delattr dir divmod exec eval exit quit format getattr globals hasattr
  hash help hex id isinstance issubclass iter locals max min next oct ord pow repr round setattr sorted sum vars __import__`.split(
    /\s+/,
  ),
);
