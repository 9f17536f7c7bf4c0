import { classify, retryDelayMs } from './classified-error';
import { errorRow, errorRows } from './error-table';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Every code of Meta's pages that are about what Postrider does. */
const documented = [
  0, 1, 2, 3, 4, 10, 17, 32, 33, 100, 102, 104, 190, 200, 341, 368, 613, 80007, 130403, 130429, 130472, 130497, 131000,
  131005, 131008, 131009, 131014, 131016, 131020, 131021, 131026, 131030, 131031, 131035, 131036, 131037, 131041,
  131042, 131044, 131045, 131047, 131048, 131049, 131050, 131051, 131052, 131053, 131055, 131056, 131057, 131059,
  131060, 131061, 131062, 131063, 131064, 131201, 131202, 131204, 131207, 131208, 131209, 131213, 131214, 131215,
  132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132018, 132021, 132068, 132069, 133000, 133004,
  133005, 133006, 133008, 133009, 133010, 133015, 133016, 134011, 134100, 134101, 134102, 135000, 137000, 138000,
  138001, 138002, 138003, 138004, 138005, 138006, 138007, 138009, 138012, 138013, 138014, 138015, 138017, 138018,
  138019, 138023, 138024, 139000, 139004, 139006, 139100, 139101, 139102, 139103, 139200, 141002, 147001, 147005,
  200005, 200006, 200007, 1752041, 2388001, 2388012, 2388019, 2388039, 2388040, 2388047, 2388072, 2388073, 2388091,
  2388093, 2388103, 2388293, 2388299, 2388318, 2388330, 2494100, 2494164, 2494179, 2593079, 2593085, 2593107, 2593108,
];

describe('the error table', () => {
  it.each(documented)('knows %i, with a name, a meaning and a remedy', (metaCode) => {
    expect(errorRow(metaCode)).toMatchObject({
      metaCode,
      code: expect.stringMatching(/^[a-z]+(-[a-z]+)*$/) as string,
      meaning: expect.stringMatching(/./) as string,
      remedy: expect.stringMatching(/./) as string,
    });
  });

  it('has each code once', () => {
    const codes = errorRows.map((row) => row.metaCode);
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  });

  it('takes 201 to 299 for permissions that are not granted', () => {
    expect(errorRow(215)).toMatchObject({ metaCode: 215, code: 'permission-not-granted' });
    expect(errorRow(300)).toBeUndefined();
  });

  it.each([
    [190, { do: 'pause-account' }],
    [131050, { do: 'revoke-consent' }],
    [132015, { do: 'pause-template' }],
    [133010, { do: 'pause-sender' }],
    [131047, { do: 'fail' }],
    [132000, { do: 'fix' }],
    [131056, { do: 'wait', scope: 'pair' }],
    [130429, { do: 'wait', scope: 'sender' }],
    [131049, { do: 'wait', scope: 'contact' }],
    [80007, { do: 'wait', scope: 'account' }],
    [134101, { do: 'wait', scope: 'template' }],
    [131000, { do: 'retry' }],
  ])('says what to do about %i', (metaCode, action) => {
    expect(errorRow(metaCode)?.action).toMatchObject(action);
  });
});

describe('retryDelayMs', () => {
  const delays = (metaCode: number, tries: number[]) =>
    tries.map((each) => retryDelayMs(classify({ code: metaCode }).action, each));

  it('backs off 4^n seconds for a pair', () => {
    expect(delays(131056, [1, 2, 3, 9])).toEqual([4 * second, 16 * second, 64 * second, 5 * minute]);
  });

  it('begins with a second where the throughput is used up', () => {
    expect(delays(130429, [1, 2])).toEqual([second, 2 * second]);
  });

  it('waits one to five minutes through a maintenance', () => {
    expect(delays(131057, [1, 2, 3, 4])).toEqual([minute, 2 * minute, 4 * minute, 5 * minute]);
  });

  it('leaves a person who had enough marketing alone for a day at least, and then gives up', () => {
    expect(delays(131049, [1, 2, 3, 4])).toEqual([day, 2 * day, 4 * day, undefined]);
  });

  it.each([131026, 131047, 131050, 368, 131031, 131042, 130497, 132000, 132015])(
    'never repeats after %i',
    (metaCode) => {
      expect(delays(metaCode, [1])).toEqual([undefined]);
    },
  );
});

describe('classify', () => {
  it('takes a code that it does not know for permanent', () => {
    expect(classify({ code: 131058, title: 'New' }, 400)).toMatchObject({
      code: 'unlisted',
      title: 'New',
      retryable: false,
      action: { do: 'fail' },
    });
  });

  it.each([
    ['came with a 5xx', { code: 131058 }, 500],
    ['says that it is transient', { code: 131058, isTransient: true }, 400],
  ])('takes a code that it does not know for passing where it %s', (_, error, status) => {
    expect(classify(error, status).retryable).toBe(true);
  });

  it.each([
    [131056, 400, true],
    [131000, 400, true],
    [131000, 500, false],
    [131016, 503, false],
    [2, 503, false],
    [131057, 500, true],
    [133004, 503, true],
    [131026, undefined, true],
  ])('says of %i with HTTP %s whether Meta surely refused: %s', (code, status, surelyRejected) => {
    expect(classify({ code }, status).surelyRejected).toBe(surelyRejected);
  });
});
