/** Docker's "never": Go's zero time. */
export const ZERO_TIME = '0001-01-01T00:00:00Z';

/** A time as the Engine API writes it (RFC 3339 with nanoseconds, trailing zeros left out); 0 is Go's zero time. */
export function formatTime(milliseconds: number): string {
  if (milliseconds === 0) return ZERO_TIME;
  const whole = Math.floor(milliseconds);
  const date = new Date(whole).toISOString();
  const fraction = `${date.slice(20, 23)}${String(Math.round((milliseconds - whole) * 1e6)).padStart(6, '0')}`.replace(
    /0+$/,
    '',
  );
  return `${date.slice(0, 19)}${fraction === '' ? '' : `.${fraction}`}Z`;
}
