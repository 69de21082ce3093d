/** Serves `dist` for the tests on a port of their own, beside a preview that may be running already. */
import { preview } from 'astro';

await preview({ server: { port: Number(process.env['PORT']) }, logLevel: 'error' });
