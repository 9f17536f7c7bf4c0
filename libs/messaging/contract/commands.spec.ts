import { describeWithKafka, eventually, testKafka } from '@postrider/test-backends';
import { randomUUID } from 'node:crypto';
import { embeddedCommands, kafkaCommands, type Command, type CommandsPort, Transient } from '../src';
import { kafkaClient } from '../src/kafkajs/client.adapter';
import { upTo, workspaceId } from './world';

const inTime = { withinMs: 30_000 };
const command = (n: number, key = 'k') => ({ workspaceId, idempotencyKey: `key-${n}`, key, value: { n } });
const valueOf = ({ value }: Command): number => (value as { n: number }).n;

function everyCommandsPort(open: () => Promise<CommandsPort>): void {
  let port: CommandsPort;
  const closing: (() => Promise<void>)[] = [];
  beforeEach(async () => {
    port = await open();
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
    await port.close();
  });
  async function consume(handle: (command: Command) => Promise<void>): Promise<void> {
    const subscription = await port.consume(handle);
    closing.push(() => subscription.close(2_000));
  }

  it('hands over the value with its workspace and key', async () => {
    const got: Command[] = [];
    await consume(async (one) => void got.push(one));
    await port.publish(command(1));
    await eventually(() => expect(got).toHaveLength(1), inTime);
    expect(got[0]).toMatchObject({ workspaceId, idempotencyKey: 'key-1', value: { n: 1 }, malformed: undefined });
  });

  it('takes commands of one key in order', async () => {
    const got: number[] = [];
    await consume(async (one) => {
      await new Promise((resolve) => setImmediate(resolve));
      got.push(valueOf(one));
    });
    for (const n of upTo(30)) await port.publish(command(n));
    await eventually(() => expect(got).toEqual(upTo(30)), inTime);
  });
}

describe('the embedded commands port', () => {
  everyCommandsPort(async () => embeddedCommands());

  it('tells its caller where nobody consumes', async () => {
    await expect(embeddedCommands().publish(command(1))).rejects.toThrow('Nobody consumes commands');
  });
});

describeWithKafka('the Kafka commands port', () => {
  const settingsOf = async (installation = `test-${randomUUID()}`) => ({
    ...{ brokers: (await testKafka()).brokers, clientId: 'commands', installation, shards: 2 },
    ...{ sessionTimeoutMs: 6_000, deleteEveryMs: 200, attemptsMax: 2 },
  });
  everyCommandsPort(async () => kafkaCommands(await settingsOf()));

  it('hands malformed records over as such, from any producer and any partition', async () => {
    const settings = await settingsOf();
    const topic = `${settings.installation}.dispatch.commands`;
    const port = kafkaCommands(settings);
    const got: Command[] = [];
    const subscription = await port.consume(async (one) => void got.push(one));
    const foreign = await kafkaClient(settings).producer();
    await foreign.send(topic, 1, [{ key: 'x', value: 'not json', headers: { workspaceid: workspaceId } }]);
    await foreign.send(topic, 0, [{ key: 'y', value: '{}', headers: {} }]);
    await eventually(() => expect(got).toHaveLength(2), inTime);
    const [noJson, noWorkspace] = [...got].sort((a, b) => b.partition - a.partition);
    expect(noJson).toMatchObject({
      malformed: 'the value is not JSON',
      raw: 'not json',
      idempotencyKey: `${topic}/1/0`,
    });
    expect(noWorkspace).toMatchObject({ malformed: 'the header workspaceid is missing', workspaceId: undefined });
    await foreign.close();
    await subscription.close(2_000);
    await port.close();
  });

  it('waits for what passes, and hands over as malformed what keeps failing', async () => {
    const port = kafkaCommands(await settingsOf());
    const got: (string | undefined)[] = [];
    let away = 2;
    const subscription = await port.consume(async (one) => {
      if (away-- > 0) throw new Transient('the database is away');
      if (valueOf(one) === 1 && !one.malformed) throw new Error('a bug');
      got.push(one.malformed);
    });
    await port.publish(command(1));
    await port.publish(command(2));
    await eventually(() => expect(got).toEqual(['it could not be handled: Error: a bug', undefined]), inTime);
    await subscription.close(2_000);
    await port.close();
  });

  it('deletes what was consumed, and brings what was not after a restart', async () => {
    const settings = await settingsOf();
    const first = kafkaCommands(settings);
    const got: number[] = [];
    const subscription = await first.consume(async (one) => void got.push(valueOf(one)));
    for (const n of upTo(5)) await first.publish(command(n));
    await eventually(() => expect(got).toEqual(upTo(5)), inTime);
    await subscription.close(2_000);
    for (const n of upTo(5, 6)) await first.publish(command(n));
    const second = kafkaCommands(settings);
    const again = await second.consume(async (one) => void got.push(valueOf(one)));
    await eventually(() => expect(got).toEqual(upTo(10)), inTime);
    await again.close(2_000);
    const starts = await kafkaClient(settings).starts(`${settings.installation}.dispatch.commands`);
    expect(Math.max(...starts.values())).toBe(10);
    await first.close();
    await second.close();
  });
});
