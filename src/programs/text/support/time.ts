const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
];

/** A time, in seconds since 1970, as strftime(3) writes it in UTC. */
export function formatTime(format: string, seconds: number): string {
  const time = new Date(seconds * 1000);
  if (Number.isNaN(time.getTime())) return format;
  const two = (n: number) => String(n).padStart(2, '0');
  const day = time.getUTCDay();
  const month = time.getUTCMonth();
  const hours = time.getUTCHours();
  const yearDay = Math.floor(
    (Date.UTC(time.getUTCFullYear(), month, time.getUTCDate()) - Date.UTC(time.getUTCFullYear(), 0, 1)) / 86_400_000,
  );
  const parts: Record<string, () => string> = {
    Y: () => String(time.getUTCFullYear()),
    m: () => two(month + 1),
    d: () => two(time.getUTCDate()),
    e: () => String(time.getUTCDate()).padStart(2),
    H: () => two(hours),
    I: () => two(hours % 12 || 12),
    M: () => two(time.getUTCMinutes()),
    S: () => two(time.getUTCSeconds()),
    y: () => two(time.getUTCFullYear() % 100),
    j: () => String(yearDay + 1).padStart(3, '0'),
    a: () => DAYS[day]!.slice(0, 3),
    A: () => DAYS[day]!,
    b: () => MONTHS[month]!.slice(0, 3),
    B: () => MONTHS[month]!,
    p: () => (hours < 12 ? 'AM' : 'PM'),
    s: () => String(seconds),
    u: () => String(day || 7),
    w: () => String(day),
    Z: () => 'UTC',
    z: () => '+0000',
    n: () => '\n',
    t: () => '\t',
    '%': () => '%',
    F: () => formatTime('%Y-%m-%d', seconds),
    T: () => formatTime('%H:%M:%S', seconds),
    R: () => formatTime('%H:%M', seconds),
    D: () => formatTime('%m/%d/%y', seconds),
    c: () => formatTime('%a %b %e %H:%M:%S %Y', seconds),
    x: () => formatTime('%m/%d/%y', seconds),
    X: () => formatTime('%H:%M:%S', seconds),
  };
  return format.replace(/%([A-Za-z%])/g, (whole, name: string) => parts[name]?.() ?? whole);
}
