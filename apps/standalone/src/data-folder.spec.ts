import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataFolder } from './data-folder';
import { CannotStart } from './environment';

describe('the data folder', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'data-folder-'))));
  afterEach(() => rmSync(root, { recursive: true }));

  it('makes its keys once, readable by its owner alone, and finds them again', () => {
    const first = openDataFolder(join(root, 'data'), {});
    expect(openDataFolder(join(root, 'data'), {})).toEqual(first);
    expect(first.masterKey).toHaveLength(32);
    for (const file of ['api-key', 'master-key']) expect(statSync(join(first.path, file)).mode & 0o777).toBe(0o600);
  });

  it('uses the keys it is given and keeps neither', () => {
    const masterKey = Buffer.alloc(32, 7);
    const folder = openDataFolder(root, { apiKey: 'a-key-of-somebody', masterKey });
    expect(folder).toMatchObject({ apiKey: 'a-key-of-somebody', masterKey });
    expect(() => readFileSync(join(root, 'api-key'))).toThrow('ENOENT');
  });

  it('says in one line why it cannot write', () => {
    writeFileSync(join(root, 'file'), '');
    expect(() => openDataFolder(join(root, 'file'), {})).toThrow(CannotStart);
    expect(() => openDataFolder(join(root, 'file'), {})).toThrow(
      /^POSTRIDER_DATA: cannot write in .*\. Make the folder/,
    );
  });
});
