import { connect } from 'node:net';
import { describeWithKafka, describeWithOwnKafka, ownKafka, testKafka } from './test-kafka';

function accepts(address: string): Promise<boolean> {
  const [host = '', port] = address.split(':');
  return new Promise((resolve) => {
    const socket = connect(Number(port), host);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

describeWithKafka('the Kafka of a test run', () => {
  it('answers, and is the same for whoever asks', async () => {
    const first = await testKafka();
    expect(await accepts(first.brokers[0] ?? '')).toBe(true);
    expect(await testKafka()).toEqual(first);
  });
});

describeWithOwnKafka("a test's own Kafka", () => {
  it('can be stopped and started again at the same address', async () => {
    const kafka = await ownKafka();
    const [address = ''] = kafka.brokers;
    await kafka.stop();
    expect(await accepts(address)).toBe(false);
    await kafka.start();
    expect(await accepts(address)).toBe(true);
    await kafka.close();
    expect(await accepts(address)).toBe(false);
  });
});
