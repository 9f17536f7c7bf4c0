import type { TemplateBody, TemplateHeader } from '../definition';
import { variablesIn } from '../variables';
import { finding, type Finding } from './catalogue';

type NamedSamples = readonly { readonly param_name: string; readonly example: string }[];

interface Samples {
  readonly text: string;
  readonly path: string;
  readonly named: boolean;
  readonly positional: readonly string[] | undefined;
  readonly byName: NamedSamples | undefined;
}

function samples({ text, path, named, positional, byName }: Samples): Finding[] {
  const variables = variablesIn(text);
  const given = named
    ? (byName ?? []).filter((each) => each.example.trim() !== '').map((each) => each.param_name)
    : (positional ?? []).filter((each) => each.trim() !== '').map((_, index) => String(index + 1));
  const missing = variables.filter((name) => !given.includes(name));
  const surplus = given.filter((name) => !variables.includes(name));
  if (missing.length)
    return [
      finding(
        'sample-missing',
        path,
        missing
          .slice(0, 5)
          .map((name) => `{{${name}}}`)
          .join(', '),
      ),
    ];
  return surplus.length ? [finding('sample-surplus', path, surplus.slice(0, 5).join(', '))] : [];
}

/** Whether each of a body's variables has a sample. */
export function bodySamples(body: TemplateBody, path: string, named: boolean): Finding[] {
  const [positional] = body.example?.body_text ?? [];
  return samples({
    text: body.text ?? '',
    path: `${path}.example`,
    named,
    positional,
    byName: body.example?.body_text_named_params,
  });
}

/** Whether a header has the sample that its format asks for. */
export function headerSamples(header: TemplateHeader, path: string, named: boolean): Finding[] {
  const example = header.example;
  if (header.format === 'TEXT') {
    const positional = example?.header_text;
    return samples({
      text: header.text ?? '',
      path: `${path}.example`,
      named,
      positional,
      byName: example?.header_text_named_params,
    });
  }
  if (!['IMAGE', 'VIDEO', 'DOCUMENT', 'GIF'].includes(header.format)) return [];
  const handles = [...(example?.header_handle ?? []), ...(example?.header_url ?? [])];
  return handles.some((each) => each.trim() !== '') ? [] : [finding('media-sample-missing', `${path}.example`)];
}
