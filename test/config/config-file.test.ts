import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfigFile } from '../../src/config/config-file.ts';

test('reading the settings leaves signals to whoever heeds them: one Ctrl-C is one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'config-'));
  const listeners = () => ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => process.listenerCount(signal));
  const before = listeners();
  writeFileSync(join(folder, 'config.yaml'), 'queue: 7\n');
  expect(await readConfigFile(join(folder, 'config.yaml'))).toEqual({ queue: 7 });
  expect(listeners()).toEqual(before);
  rmSync(folder, { recursive: true });
});
