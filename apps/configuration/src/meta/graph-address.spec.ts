import { whyNotGraph } from './graph-address';

describe('the address of Cloud API traffic', () => {
  it.each(['https://graph.facebook.com', 'http://127.0.0.1:3010', 'http://localhost:1', 'http://[::1]:3010'])(
    'may be %s',
    (address) => expect(whyNotGraph(address, [])).toBeUndefined(),
  );

  it.each([
    ['https://graph.provider.example', /not allowed by name.*POSTRIDER_GRAPH_HOSTS/],
    ['https://graph.facebook.com.evil.example', /not allowed by name.*POSTRIDER_GRAPH_HOSTS/],
    ['http://graph.facebook.com', /over https only/],
    ['ftp://127.0.0.1', /not http or https/],
    ['https://user:pass@graph.facebook.com', /user name/],
    ['https://graph.facebook.com/?a=b', /more than host and path/],
    ['graph.facebook.com', /not an address/],
  ])('may not be %s', (address, because) => expect(whyNotGraph(address, [])).toMatch(because));

  it('may be a host that the operator named', () => {
    expect(whyNotGraph('http://simulator:3010', ['simulator'])).toBeUndefined();
  });
});
