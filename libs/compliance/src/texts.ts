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
  'marketing-paused-in-country': {
    en: 'Meta does not deliver marketing messages to United States numbers for the time being.',
    es: 'Por ahora, Meta no entrega mensajes de marketing a números de Estados Unidos.',
    zh: 'Meta 目前不向美国号码投递营销消息。',
  },
  'country-not-served': {
    en: 'Messages are not sent to this country.',
    es: 'No se envían mensajes a este país.',
    zh: '不向该国家或地区发送消息。',
  },
  'quiet-hours': {
    en: 'It is quiet time where this person is.',
    es: 'Es horario de silencio donde está esta persona.',
    zh: '此人所在地正处于免打扰时段。',
  },
  'frequency-cap': {
    en: 'This person has had as many messages as the cap allows for now.',
    es: 'Esta persona ya ha recibido tantos mensajes como permite el límite por ahora.',
    zh: '此人收到的消息数量已达到当前的频率上限。',
  },
  'portfolio-limit': {
    en: 'The portfolio has reached the number of people it may write to in 24 hours; the message waits.',
    es: 'El portafolio ha alcanzado el número de personas a las que puede escribir en 24 horas; el mensaje espera.',
    zh: '该业务组合已达到 24 小时内可联系的人数上限；消息将等待。',
  },
  'marketing-budget': {
    en: 'Meta held back marketing to this person a short while ago; the message waits.',
    es: 'Meta retuvo hace poco el marketing para esta persona; el mensaje espera.',
    zh: 'Meta 不久前暂停了对此人的营销消息；消息将等待。',
  },
  'content-not-permitted': {
    en: 'The message holds a full card number, a national identity number, or a field over its limit.',
    es: 'El mensaje contiene un número de tarjeta completo, un documento de identidad o un campo que supera su límite.',
    zh: '消息中含有完整的银行卡号、身份证件号码或超出限制的字段。',
  },
  'health-content': {
    en: 'This workspace is regulated: only approved templates marked as free of health content may be sent.',
    es: 'Este espacio está regulado: solo se envían plantillas aprobadas y marcadas como libres de datos de salud.',
    zh: '此工作区受监管：只能发送标记为不含健康内容的已批准模板。',
  },
  'spend-limit': {
    en: "The workspace's limit on spending is reached; the message waits.",
    es: 'Se ha alcanzado el límite de gasto del espacio de trabajo; el mensaje espera.',
    zh: '工作区的支出已达上限；消息将等待。',
  },
  'sender-unable': {
    en: 'The sender cannot send at the moment; the message waits.',
    es: 'El remitente no puede enviar en este momento; el mensaje espera.',
    zh: '发送方目前无法发送；消息将等待。',
  },
};
