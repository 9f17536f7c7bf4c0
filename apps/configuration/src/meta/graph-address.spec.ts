import { whyNotGraph } from './graph-address';

describe('the address of Cloud API traffic', () => {
  it.each(['https://graph.facebook.com', 'http://127.0.0.1:3010', 'http://localhost:1', 'http://[::1]:3010'])(
    'may be %s',
    (address) => expect(whyNotGraph(address, [])).toBeUndefined(),
  );

  it.each([
    ['https://graph.provider.example', /POSTRIDER_GRAPH_HOSTS/],
    ['https://graph.facebook.com.evil.example', /POSTRIDER_GRAPH_HOSTS/],
    ['http://graph.facebook.com', /must be https/],
    ['ftp://127.0.0.1', /must begin with https/],
    ['https://user:pass@graph.facebook.com', /more than host and path/],
    ['graph.facebook.com', /not an address/],
  ])('may not be %s', (address, because) => expect(whyNotGraph(address, [])).toMatch(because));

  it('may be a host that the operator named', () => {
    expect(whyNotGraph('http://simulator:3010', ['simulator'])).toBeUndefined();
  });
});
