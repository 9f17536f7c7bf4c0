import { countStates, drawFunnel, settled } from './funnel';

const messages = ['read', 'read', 'delivered', 'sent', 'failed', 'sending', 'accepted'].map((state) => ({ state }));

describe('the funnel', () => {
  it('counts each message once, and a read one as delivered and sent too', () => {
    const lines = drawFunnel(countStates(messages)).split('\n');
    const figures = Object.fromEntries(
      lines.map((line) => [line.trim().split(/\s/)[0], Number(/(\d+)  /.exec(line)?.[1])]),
    );
    expect(figures).toEqual({ targeted: 7, sent: 5, delivered: 3, read: 2, failed: 1, sending: 1 });
  });

  it('takes a message for settled once Meta has told something of it', () => {
    expect(settled(countStates(messages))).toBe(5);
  });

  it('draws an empty run', () => expect(drawFunnel({})).toContain('targeted'));
});
