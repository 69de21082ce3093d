/** Whether Go's net.ParseMAC reads it: 6, 8 or 20 bytes with colons, dashes or, in groups of two bytes, dots. */
export function isMacAddress(text: string): boolean {
  return (
    /^(?:[0-9a-f]{2}([:-]))(?:[0-9a-f]{2}\1){4}(?:(?:[0-9a-f]{2}\1){2}|(?:[0-9a-f]{2}\1){14})?[0-9a-f]{2}$/i.test(
      text,
    ) || /^(?:[0-9a-f]{4}\.){2}(?:[0-9a-f]{4}\.|(?:[0-9a-f]{4}\.){7})?[0-9a-f]{4}$/i.test(text)
  );
}
