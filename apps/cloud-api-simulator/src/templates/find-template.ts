import type { State, Template } from '../world/state';

const found = new WeakMap<State, Map<string, Template>>();

/** The template of that name and language, deleted ones excepted. The last answer is tried first. */
export function findTemplate(state: State, wabaId: string, name: string, language: string): Template | undefined {
  let cache = found.get(state);
  if (!cache) found.set(state, (cache = new Map()));
  const key = `${wabaId}:${name}:${language}`;
  const cached = cache.get(key);
  if (cached && cached.status !== 'DELETED' && state.templates.get(cached.id) === cached) return cached;
  for (const template of state.templates.values()) {
    if (template.wabaId !== wabaId || template.name !== name || template.language !== language) continue;
    if (template.status === 'DELETED') continue;
    cache.set(key, template);
    return template;
  }
  return undefined;
}
