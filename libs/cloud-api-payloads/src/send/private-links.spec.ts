import { isPrivateHost, privateLinks } from './private-links';

describe('a private address', () => {
  it.each([
    'localhost',
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '[::1]',
    '[::]',
    '[fe80::1]',
    '[fd00::1]',
    '[::ffff:7f00:1]',
    '[64:ff9b::a00:1]',
    '[2002:7f00:1::]',
    'intranet',
    'db.internal',
    'printer.local',
    'LOCALHOST',
    'localhost.',
  ])('is %s', (host) => {
    expect(isPrivateHost(host)).toBe(true);
  });

  it.each([
    'example.com',
    '8.8.8.8',
    '172.32.0.1',
    '100.128.0.1',
    '[2607:f8b0::1]',
    '[2002:808:808::1]',
    'local.example.com',
  ])('is not %s', (host) => {
    expect(isPrivateHost(host)).toBe(false);
  });
});

describe('privateLinks', () => {
  const image = (link: string) => ({ type: 'image', image: { link } });

  it.each([
    'http://2130706433/a',
    'http://0x7f.1/a',
    'http://0177.0.0.1/a',
    'http://127.1/a',
    'http://[::ffff:127.0.0.1]/',
  ])('sees through %s', (link) => {
    expect(privateLinks(image(link))).toHaveLength(1);
  });

  it('finds links wherever they stand, and says where', () => {
    const header = { type: 'header', parameters: [{ type: 'image', image: { link: 'http://10.0.0.1/a' } }] };
    const payload = { template: { components: [{ type: 'carousel', cards: [{ components: [header] }] }] } };
    expect(privateLinks(payload)).toEqual([
      { path: 'template.components[0].cards[0].components[0].parameters[0].image.link', host: '10.0.0.1' },
    ]);
  });

  it('leaves a host alone that is allowed by name, with its port or without', () => {
    expect(privateLinks(image('http://10.0.0.1:8080/a'), ['10.0.0.1'])).toEqual([]);
    expect(privateLinks(image('http://10.0.0.1:8080/a'), ['10.0.0.1:8080'])).toEqual([]);
    expect(privateLinks(image('http://10.0.0.1:9090/a'), ['10.0.0.1:8080'])).toHaveLength(1);
  });

  it('does not look at addresses that people open', () => {
    expect(privateLinks({ parameters: { url: 'http://localhost/' }, text: { body: 'http://10.0.0.1' } })).toEqual([]);
  });
});
