import type { RuleCode } from './codes';

export const languages = ['en', 'es', 'zh'] as const;
export type Language = (typeof languages)[number];

/** One sentence per code for a person: what stopped the message, and what would help. */
export const ruleTexts: Readonly<Record<RuleCode, Readonly<Record<Language, string>>>> = {
  'not-addressable': {
    en: 'There is no phone number or user id that this message can be sent to.',
    es: 'No hay un número de teléfono ni un identificador de usuario al que enviar este mensaje.',
    zh: '没有可用于发送此消息的电话号码或用户标识。',
  },
  'no-consent': {
    en: 'This person has not agreed to be written to for this purpose.',
    es: 'Esta persona no ha aceptado que se le escriba con este fin.',
    zh: '此人未同意接收此用途的消息。',
  },
  stopped: {
    en: 'This person has asked not to be written to any more.',
    es: 'Esta persona ha pedido que no se le escriba más.',
    zh: '此人已要求不再接收消息。',
  },
  'window-closed': {
    en: 'More than 24 hours have passed since this person last wrote; only a template may be sent.',
    es: 'Han pasado más de 24 horas desde el último mensaje de esta persona; solo se puede enviar una plantilla.',
    zh: '距此人上次发来消息已超过 24 小时；只能发送模板消息。',
  },
  'template-not-approved': {
    en: 'Meta has not approved this template.',
    es: 'Meta no ha aprobado esta plantilla.',
    zh: 'Meta 尚未批准此模板。',
  },
  'template-paused': {
    en: 'Meta has paused this template.',
    es: 'Meta ha pausado esta plantilla.',
    zh: 'Meta 已暂停此模板。',
  },
  'parameters-mismatch': {
    en: "The parameters given do not fit the template's.",
    es: 'Los parámetros dados no encajan con los de la plantilla.',
    zh: '提供的参数与模板的参数不符。',
  },
  'sender-unable': {
    en: 'The sender cannot send at the moment; the message waits.',
    es: 'El remitente no puede enviar en este momento; el mensaje espera.',
    zh: '发送方目前无法发送；消息将等待。',
  },
};
