export interface BrokerPorts {
  readonly broker: number;
  readonly controller: number;
}

/** `server.properties` of one KRaft node that is broker and controller; small, on loopback, without topic creation by use. */
export function serverProperties(ports: BrokerPorts, dataFolder: string): string {
  return [
    'process.roles=broker,controller',
    'node.id=1',
    `controller.quorum.voters=1@127.0.0.1:${ports.controller}`,
    `listeners=PLAINTEXT://127.0.0.1:${ports.broker},CONTROLLER://127.0.0.1:${ports.controller}`,
    `advertised.listeners=PLAINTEXT://127.0.0.1:${ports.broker}`,
    'inter.broker.listener.name=PLAINTEXT',
    'controller.listener.names=CONTROLLER',
    'listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT',
    `log.dirs=${dataFolder}`,
    'num.network.threads=2',
    'num.io.threads=2',
    'num.partitions=4',
    'auto.create.topics.enable=false',
    'offsets.topic.num.partitions=4',
    'offsets.topic.replication.factor=1',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.num.partitions=4',
    'transaction.state.log.min.isr=1',
    'group.initial.rebalance.delay.ms=0',
    // Tests want sessions that end within a test.
    'group.min.session.timeout.ms=1000',
    'log.segment.bytes=67108864',
    'controlled.shutdown.max.retries=1',
    '',
  ].join('\n');
}

/** What the broker says when it serves; the logging below lets it through. */
export const servesLine = 'Kafka Server started';

/** `log4j2.properties`: warnings and the line that says the broker serves, on standard output. */
export const loggingProperties = [
  'appender.out.type=Console',
  'appender.out.name=out',
  'appender.out.layout.type=PatternLayout',
  'appender.out.layout.pattern=[%d] %p %m (%c)%n',
  'rootLogger.level=warn',
  'rootLogger.appenderRef.out.ref=out',
  'logger.raft.name=kafka.server.KafkaRaftServer',
  'logger.raft.level=info',
  '',
].join('\n');

/** Small and quick to start rather than quick to serve for days. */
export const javaFlags = [
  '-Xms128m',
  '-Xmx512m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-Djava.awt.headless=true',
];
