export const beginImport = `
  insert into consent_import (import_id, workspace_id, state, rows, accepted, rejected, begun_at, noted_at)
  values ($1, $2, 'running', 0, 0, 0, $3, $3)`;

export const noteImport = `
  update consent_import set rows = $2, accepted = $3, rejected = $4, noted_at = $5 where import_id = $1`;

export const endImport = `
  update consent_import set state = $2, detail = $3, noted_at = $4 where import_id = $1`;

export const enterErrors = `
  insert into consent_import_error (import_id, line, index, code, detail)
  select $1, given.line, given.index, given.code, given.detail
    from unnest($2::int[], $3::int[], $4::text[], $5::text[]) as given (line, index, code, detail)
  on conflict do nothing`;

const shown = `
  select import_id as id, rows, accepted, rejected, detail, begun_at as "begunAt",
         case when state = 'running' then null else noted_at end as "endedAt",
         case when state = 'running' and noted_at < $1::timestamptz - interval '5 minutes' then 'failed' else state end
           as state
    from consent_import where workspace_id = $2`;

export const readImports = `
  ${shown} and ($3::timestamptz is null or (begun_at, import_id) < ($3, $4::uuid))
   order by begun_at desc, import_id desc limit $5`;

export const readImport = `${shown} and import_id = $3`;

export const readImportErrors = `
  select line, index, code, detail from consent_import_error where import_id = $1 and line > $2 order by line limit $3`;
