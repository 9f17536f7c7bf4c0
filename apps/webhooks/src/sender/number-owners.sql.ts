export const numberOwners = 'select phone_number_id, account_id from sender where phone_number_id = any($1::text[])';
