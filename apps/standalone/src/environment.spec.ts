import { EnvironmentError } from '@postrider/service-host';
import { readStandaloneEnvironment } from './environment';

describe('the environment', () => {
  it('has a default for everything', () => {
    expect(readStandaloneEnvironment({ PORT: '' })).toMatchObject({
      PORT: 3000,
      SIMULATOR_PORT: 3010,
      POSTRIDER_DEMO: true,
    });
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
    expect(() => readStandaloneEnvironment({ [name]: value })).toThrow(EnvironmentError);
    expect(() => readStandaloneEnvironment({ [name]: value })).toThrow(new RegExp(`^${name} is wrong: `));
  });
});
