import { Controller, Get, Headers, Inject, Res } from '@nestjs/common';
import { CallerParam, Describe, QueryOf, RequireScope, unavailable, type Caller } from '@postrider/service-host';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { changeTypes } from '../changes/change';
import { ChangeFeed } from './change-feed';

const StreamQuery = z.strictObject({
  types: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(changeTypes)).min(1))
    .default([...changeTypes]),
});

const heartbeatMs = 15_000;
const connectionsMax = 500;
/** A listener that does not read is cut off; it comes back with `Last-Event-ID`. */
const unsentBytesMax = 1024 * 1024;

@Controller('v1/stream')
@RequireScope('read')
export class StreamChangesRoute {
  private connections = 0;

  constructor(@Inject(ChangeFeed) private readonly feed: ChangeFeed) {}

  @Get()
  @Describe({ summary: 'Server-Sent Events: changes of messages, conversations and alarms, as they come' })
  async stream(
    @CallerParam() { workspaceId }: Caller,
    @QueryOf(StreamQuery) { types }: z.infer<typeof StreamQuery>,
    @Res() reply: FastifyReply,
    @Headers('last-event-id') after?: string,
  ): Promise<void> {
    if (this.connections >= connectionsMax) throw unavailable('Too many are listening.', 5);
    this.connections += 1;
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const write = (text: string): void => {
      if (raw.writableLength > unsentBytesMax) raw.destroy();
      else raw.write(text);
    };
    write('retry: 1000\n\n');
    const heartbeat = setInterval(() => write(': still here\n\n'), heartbeatMs);
    let stop: () => void = () => undefined;
    raw.once('close', () => {
      clearInterval(heartbeat);
      this.connections -= 1;
      stop();
    });
    stop = await this.feed.listen(
      {
        workspaceId,
        types: new Set(types),
        send: ({ place, type, data }) => write(`id: ${place}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`),
        end: () => raw.end(),
      },
      after,
    );
    if (raw.destroyed) stop();
  }
}
