import type { Endpoint } from '../endpoint-parameters';
import type { MysqlEngine } from '../mysql-engine';

/**
 * The command that writes a consistent dump of one database to its standard output, as the application user: it works with
 * rights on that database alone. The password comes from the environment, never from the command line.
 */
export function dumpCommand(engine: MysqlEngine, endpoint: Endpoint, user: string): string[] {
  return [
    engine.dumpProgram,
    `--host=${endpoint.host}`,
    `--port=${endpoint.port}`,
    '--protocol=tcp',
    `--user=${user}`,
    '--single-transaction',
    // Else MySQL asks for the global PROCESS privilege.
    '--no-tablespaces',
    '--routines',
    '--events',
    '--triggers',
    '--hex-blob',
    '--default-character-set=utf8mb4',
    '--max-allowed-packet=1G',
    ...engine._family === 'mysql' ? ['--set-gtid-purged=OFF'] : [],
    endpoint.databaseName,
  ];
}
