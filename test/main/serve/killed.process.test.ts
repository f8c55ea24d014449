import { describe, test } from 'vitest';
import { APostgres, MISSING } from '../../store/postgres/a-postgres.ts';
import { Home } from '../program.ts';
import { killRounds } from './kill-rounds.ts';

/** Over each store; the gate kills a hundred times. */
const KILLS = Number(process.env['GATE_KILLS'] ?? 5);

describe('kill -9 at random moments: everything that was accepted ends, once', () => {
  test('over SQLite', async () => {
    using home = new Home();
    await killRounds(home, KILLS);
  }, 1_800_000);

  test.skipIf(MISSING)(
    'over PostgreSQL',
    async () => {
      using home = new Home();
      await using postgres = await APostgres.start();
      await killRounds(home, KILLS, '--store', await postgres.database('incidents'));
    },
    1_800_000,
  );
});
