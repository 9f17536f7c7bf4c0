import { memoryLeases } from '@postrider/event-store';
import { describeWithKafka, describeWithOwnKafka, eventually, ownKafka, testKafka } from '@postrider/test-backends';
import { randomUUID } from 'node:crypto';
import { kafkaBus, kafkaRelay, type ReaderAlarm } from '../src';
import { kafkaClient } from '../src/kafkajs/client.adapter';
import { openWorld, relayed, say, seen, seenFold, source, upTo, type World } from './world';

const inTime = { withinMs: 60_000 };
let world: World | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

describeWithOwnKafka('a Kafka broker that goes away', () => {
  it('costs nothing but time: after its restart everything comes, once and in order', async () => {
    const kafka = await ownKafka();
    const settings = { brokers: kafka.brokers, clientId: 'restart', installation: 'restart', shards: 2 };
    world = await openWorld(async (log, pool) => {
      const close = relayed(log, pool, settings);
      return { bus: () => kafkaBus({ ...settings, sessionTimeoutMs: 6_000 }), close };
    });
    const { log, pool, run } = world;
    await run([seenFold()]);
    await say(log, 'a', upTo(50));
    await eventually(async () => expect(await seen(pool, 'a')).toEqual(upTo(50)), inTime);
    await kafka.stop();
    for (const n of upTo(50, 51)) await say(log, 'a', [n]);
    await kafka.start();
    await say(log, 'a', upTo(50, 101));
    await eventually(async () => expect(await seen(pool, 'a')).toEqual(upTo(150)), inTime);
    await world.close();
    world = undefined;
    await kafka.close();
  });
});

describeWithKafka('the relay', () => {
  async function relayTo(installation: string, before: (client: ReturnType<typeof kafkaClient>) => Promise<void>) {
    const { brokers } = await testKafka();
    const settings = { brokers, clientId: 'relay', installation, shards: 2 };
    const client = kafkaClient(settings);
    await before(client);
    const alarms: ReaderAlarm[] = [];
    world = await openWorld(async (log, pool) => {
      const end = new AbortController();
      const alarming = { raise: (alarm: ReaderAlarm) => void alarms.push(alarm), clear: () => undefined };
      const relay = kafkaRelay({ ...settings, log, pool, leases: memoryLeases(), alarms: alarming });
      const done = relay.run(end.signal);
      const close = async (): Promise<void> => {
        end.abort();
        await done;
      };
      return { bus: () => kafkaBus(settings), close };
    });
    return { client, alarms, world };
  }

  it('raises an alarm at a record that the brokers refuse, and neither passes it over nor goes on behind it', async () => {
    const installation = `test-${randomUUID()}`;
    const { client, alarms, world } = await relayTo(installation, (client) =>
      client.ensureTopic(`${installation}.${source}`, 2, { 'max.message.bytes': '600000' }),
    );
    const { shard } = await say(world.log, 'a', [1]);
    await say(world.log, 'a', [2], { text: 'x'.repeat(1_000_000) });
    await say(world.log, 'a', [3]);
    await eventually(() => expect(alarms.map(({ kind }) => kind)).toContain('relay'), inTime);
    expect(alarms[0]?.text).toContain('max.message.bytes');
    expect((await client.ends(`${installation}.${source}`)).get(shard)).toBe(1);
  });

  it('publishes one to one: the offset of every record is its position less one, until a crash repeats some', async () => {
    const installation = `test-${randomUUID()}`;
    const { client, world } = await relayTo(installation, async () => undefined);
    const { shard, position } = await say(world.log, 'a', upTo(1_200));
    await eventually(async () => {
      expect((await client.ends(`${installation}.${source}`)).get(shard)).toBe(position);
    }, inTime);
  });
});
