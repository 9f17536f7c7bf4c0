import { Liquid } from 'liquidjs';

/** What reads files or other templates, or runs Liquid without its braces; a value of a variable has no business with it. */
const barredTags = ['include', 'render', 'layout', 'block', 'liquid'];
/** What gives another answer each time. */
const barredFilters = ['sample'];

/**
 * Liquid without files, prototypes, chance or endless loops: what is not there is an error that names it, a render is
 * limited in work and memory. https://liquidjs.com/tutorials/dos.html
 */
export function sandbox(): Liquid {
  const engine = new Liquid({
    strictVariables: true,
    strictFilters: true,
    lenientIf: true,
    ownPropertyOnly: true,
    parseLimit: 10_000,
    // Only a safety net, as a busy machine is slow too: memory is what limits the work.
    renderLimit: 500,
    memoryLimit: 100_000,
    timezoneOffset: 0,
    templates: {},
    cache: false,
  });
  for (const tag of barredTags) delete (engine.tags as Record<string, unknown>)[tag];
  for (const filter of barredFilters) delete (engine.filters as Record<string, unknown>)[filter];
  barNow(engine);
  return engine;
}

/** The time at which something is rendered is not the time at which it is read. */
function barNow(engine: Liquid): void {
  for (const name of ['date', 'date_to_long_string', 'date_to_rfc822', 'date_to_string', 'date_to_xmlschema']) {
    const filter = engine.filters[name];
    if (typeof filter !== 'function') continue;
    engine.registerFilter(name, function (this: unknown, value: unknown, ...more: unknown[]): unknown {
      if (value === 'now' || value === 'today')
        throw new Error(`there is no "${value}" here: give the time with the data`);
      return (filter as (...all: unknown[]) => unknown).call(this, value, ...more);
    });
  }
}
