import { expect, test } from 'vitest';
import { isIncomplete } from '../../src/terminal/incomplete.ts';

test.each([
  ['docker run \\', true],
  ['docker run \\\nalpine', false],
  ['echo \\\\', false],
  ["echo 'a", true],
  ["echo 'a\nb'", false],
  ['echo "it\'s"', false],
  ['echo "a\\"', true],
  ['docker ps |', true],
  ['docker ps | ', true],
  ['true && # and then', true],
  ['sleep 1 &', false],
  ['echo a # it\'s "open', false],
  ["echo a#'b'", false],
  ['cat <<EOF', true],
  ['cat <<EOF\na "quote', true],
  ['cat <<EOF\na\nEOF', false],
  ["cat > Dockerfile <<'EOF'\nFROM alpine\nEOF", false],
  ['cat <<-EOF\n\ta\n\tEOF', false],
  ['cat <<< "word"', false],
])('%j goes on: %s', (text, expected) => {
  expect(isIncomplete(text)).toBe(expected);
});
