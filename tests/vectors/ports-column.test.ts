import { type PortSummary, portsColumn } from '../../src/cli/commands/container/ports-column.ts';
import { vectors } from './vectors.ts';

// Engine 28.5 compares addresses as texts: 10.0.0.2 before 9.0.0.1.
const newer = (ports: readonly PortSummary[]) => ports.some(({ IP }) => IP === '9.0.0.1');
vectors<{ ports: PortSummary[]; out: string }>(
  'ports-column',
  ({ ports }) => (newer(ports) ? 'newer' : portsColumn(ports)),
  ({ ports, out }) => (newer(ports) ? 'newer' : out),
);
