import { eventually } from '@postrider/test-backends';
import type { Call } from './http';

interface ReaderOfService {
  readonly reader: string;
  readonly lag: number;
}

/** Waits until a reader has dealt with all that was said to it before: what another service was told is known there. */
export async function heard(call: Call, reader: string): Promise<void> {
  await eventually(
    async () => {
      const { body } = await call('GET', '/v1/streams');
      const services = body.data as unknown as readonly { readonly readers: readonly ReaderOfService[] }[];
      const lags = services.flatMap(({ readers }) => readers.filter((one) => one.reader === reader));
      expect(lags.length).toBeGreaterThan(0);
      expect(lags.filter(({ lag }) => lag > 0)).toEqual([]);
    },
    { withinMs: 20_000 },
  );
}
