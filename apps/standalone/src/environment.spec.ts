import { CannotStart, readEnvironment } from './environment';

describe('the environment', () => {
  it('has a default for everything', () => {
    expect(readEnvironment({ PORT: '' })).toMatchObject({ PORT: 3000, SIMULATOR_PORT: 3010, POSTRIDER_DEMO: true });
  });

  it.each([
    ['PORT', 'http'],
    ['PORT', '70000'],
    ['POSTRIDER_MASTER_KEY', 'c2hvcnQ='],
    ['POSTRIDER_API_KEY', 'short'],
    ['POSTRIDER_PUBLIC_URL', 'ftp://example.org'],
    ['POSTRIDER_DEMO', 'yes'],
    ['DATABASE_URL', 'mysql://localhost'],
  ])('names %s when it is %s', (name, value) => {
    expect(() => readEnvironment({ [name]: value })).toThrow(CannotStart);
    expect(() => readEnvironment({ [name]: value })).toThrow(new RegExp(`^${name} `));
  });
});
