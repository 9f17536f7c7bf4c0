import { catalogue } from './catalogue';
import { serviceNames, type EventDefinition, type ServiceName } from './define-event';
import { valueSchemaOf, type JsonSchema } from './json-schema';
import { commandsTopic, keysTopic, topicOf } from './topics';

const text = (description: string) => ({ type: 'string', description });

/** CloudEvents in Kafka's binary mode: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md */
const eventHeaders = (definition: EventDefinition): JsonSchema => ({
  type: 'object',
  required: [
    'ce_specversion',
    'ce_id',
    'ce_source',
    'ce_type',
    'ce_subject',
    'ce_time',
    'ce_workspaceid',
    'ce_position',
  ],
  properties: {
    ce_specversion: { const: '1.0' },
    ce_id: text('A uuid; the same for a record that was produced twice.'),
    ce_source: { const: `/postrider/${definition.service}` },
    ce_type: { const: definition.wireType },
    ce_subject: text('The stream.'),
    ce_time: { ...text('When it happened, ISO 8601 in UTC.'), format: 'date-time' },
    'content-type': { const: 'application/json' },
    ce_workspaceid: text('The tenant.'),
    ce_streamversion: text('1, 2, 3 … inside the stream.'),
    ce_position: text(
      'Dense inside the partition: at or below the last one seen is a duplicate, more than one above it a hole.',
    ),
    ce_actor: text('Who or what did it.'),
    ce_correlationid: text('One for everything that follows from one request or delivery.'),
    ce_causationid: text('The event that this one follows from, or the request that made something new.'),
    ce_aliaskeys: text(
      'The people it concerns: alias keys with commas between them, none of which reveals a phone number.',
    ),
    ce_traceparent: text('W3C trace context.'),
  },
});

/**
 * An AsyncAPI 3 document of every topic: what a consumer with nothing but a Kafka client needs to read them, and a
 * producer to write commands. https://www.asyncapi.com/docs/reference/specification/v3.0.0
 */
export function asyncApi(options: { shards: number; commandBody?: JsonSchema }): JsonSchema {
  const services = serviceNames.filter((service) => definitionsOf(service).length > 0);
  const kafka = { partitions: options.shards };
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Postrider events',
      version: '1',
      description:
        'Every fact of a service, in order per key. The record key is the ordering key: the contact, else the sender, else the stream.',
    },
    defaultContentType: 'application/json',
    channels: {
      ...Object.fromEntries(
        services.map((service) => [
          service,
          {
            address: topicOf(service),
            description: `What ${service} decided or learnt; kept for ever.`,
            messages: Object.fromEntries(
              definitionsOf(service).map((definition) => [
                definition.wireType,
                { $ref: `#/components/messages/${definition.wireType}` },
              ]),
            ),
            bindings: { kafka: { topic: topicOf(service), ...kafka } },
          },
        ]),
      ),
      keys: {
        address: keysTopic,
        description:
          'Compacted. The keys of sealed parts, wrapped by the master key, so that only services of the installation can use them; a tombstone destroys one. Everybody else opens parts by POST /v1/personal-parts/{service}.',
        messages: { key: { $ref: '#/components/messages/key' } },
        bindings: { kafka: { topic: keysTopic, ...kafka } },
      },
      commands: {
        address: commandsTopic,
        description: 'Requests to send; short retention, access-controlled. Any partition; deduplicated by the header.',
        messages: { send: { $ref: '#/components/messages/send' } },
        bindings: { kafka: { topic: commandsTopic, ...kafka } },
      },
    },
    operations: {
      ...Object.fromEntries(
        services.map((service) => [
          `publish-${service}`,
          {
            action: 'send',
            channel: { $ref: `#/channels/${service}` },
            summary: `Publishes every event of ${service}.`,
          },
        ]),
      ),
      'take-commands': {
        action: 'receive',
        channel: { $ref: '#/channels/commands' },
        summary: 'Takes requests to send. One that cannot become a message is told by CommandRejected.',
      },
    },
    components: {
      messages: {
        ...Object.fromEntries(
          [...catalogue.values()].map((definition) => [definition.wireType, messageOf(definition)]),
        ),
        key: keyMessage,
        send: commandMessage(options.commandBody),
      },
    },
  };
}

function messageOf(definition: EventDefinition): JsonSchema {
  return {
    name: definition.wireType,
    title: definition.type,
    summary: definition.summary,
    contentType: 'application/json',
    headers: eventHeaders(definition),
    payload: valueSchemaOf(definition),
  };
}

const keyMessage: JsonSchema = {
  name: 'key',
  title: 'The key of a sealed part',
  summary: 'Record key: its id, which stands in the parts that it opens. No value: it was destroyed.',
  contentType: 'application/json',
  payload: {
    type: ['object', 'null'],
    required: ['workspaceId', 'subject', 'wrapped'],
    properties: {
      workspaceId: text('The tenant.'),
      subject: text('The alias key of the person, else what orders the events.'),
      wrapped: text('Base64, under the master key.'),
    },
  },
};

function commandMessage(body: JsonSchema | undefined): JsonSchema {
  return {
    name: 'send',
    title: 'Send a message',
    summary: 'The value is the body of POST /v1/messages.',
    contentType: 'application/json',
    headers: {
      type: 'object',
      required: ['workspaceid'],
      properties: {
        workspaceid: text('The tenant.'),
        'idempotency-key': text('The same key is one message; without it topic, partition and offset stand in.'),
      },
    },
    payload: body ?? {
      type: 'object',
      description: "The body of POST /v1/messages; dispatch's OpenAPI document has all of it.",
      required: ['channel', 'to'],
      properties: {
        channel: text('The name of an active channel.'),
        to: { type: 'object', properties: { phone: text('E.164.'), userId: text('Business-scoped user id.') } },
      },
    },
  };
}

function definitionsOf(service: ServiceName): EventDefinition[] {
  return [...catalogue.values()].filter((definition) => definition.service === service);
}
