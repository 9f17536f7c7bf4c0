export const destroyPartKeys = `
update log.part_key set wrapped = null, unpublished = own
 where workspace_id = $1 and subject = any($2::text[]) and wrapped is not null
returning id`;
