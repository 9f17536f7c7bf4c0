import { cloudApi } from '../cloud-api';
import { refusalOf } from './allowed-hosts';

describe('an address that may be called', () => {
  it.each([
    'https://graph.facebook.com/v25.0',
    'https://api.facebook.com',
    'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1',
    'http://127.0.0.1:3010',
    'http://localhost:3010',
    'http://[::1]:3010',
  ])('is %s', (address) => {
    expect(refusalOf(new URL(address))).toBeUndefined();
  });

  it('is a host allowed by name, with its port or without', () => {
    expect(refusalOf(new URL('http://simulator:3010'), ['simulator'])).toBeUndefined();
    expect(refusalOf(new URL('http://simulator:3010'), ['simulator:3010'])).toBeUndefined();
    expect(refusalOf(new URL('http://simulator:3011'), ['simulator:3010'])).toBeDefined();
  });

  it.each([
    'http://graph.facebook.com',
    'https://graph.facebook.com.evil.example',
    'https://evil.example/graph.facebook.com',
    'https://graph.facebook.com@evil.example',
    'https://user:pw@graph.facebook.com',
    'https://169.254.169.254',
    'http://127.0.0.1.evil.example',
    'ftp://graph.facebook.com',
    'https://10.0.0.1',
  ])('is not %s', (address) => {
    expect(refusalOf(new URL(address))).toBeDefined();
  });

  it('is asked for when the client is made', () => {
    expect(() => cloudApi({ graphUrl: 'https://evil.example', accessToken: 't' })).toThrow(
      /evil\.example is not Meta's/,
    );
  });

  it('has a Graph version that looks like one', () => {
    expect(() => cloudApi({ accessToken: 't', version: '25' })).toThrow(/v25\.0/);
  });
});
