import type { KeywordSet } from '../policies/keywords';

const words = {
  'opt-out': {
    en: [
      'stop',
      'stop all',
      'stopall',
      'stop promotions',
      'unsubscribe',
      'opt out',
      'optout',
      'opt-out',
      'cancel',
      'end',
      'quit',
    ],
    es: ['alto', 'parar', 'detener', 'baja', 'darme de baja', 'dar de baja', 'cancelar', 'no más mensajes', 'salir'],
    pt: ['parar', 'pare', 'sair', 'cancelar', 'descadastrar', 'remover', 'não quero mais', 'não quero receber'],
    zh: ['停止', '退订', '退訂', '取消订阅', '取消訂閱', '拒收', '停'],
  },
  'opt-in': {
    en: ['start', 'unstop', 'subscribe', 'opt in', 'optin', 'opt-in', 'resume'],
    es: ['alta', 'iniciar', 'empezar', 'suscribir', 'suscribirme', 'reanudar'],
    pt: ['iniciar', 'começar', 'assinar', 'inscrever', 'quero receber', 'voltar'],
    zh: ['开始', '開始', '订阅', '訂閱', '恢复', '恢復'],
  },
  help: {
    en: ['help', 'info'],
    es: ['ayuda', 'información'],
    pt: ['ajuda', 'informação'],
    zh: ['帮助', '幫助', '帮忙', '说明', '說明'],
  },
} as const;

/**
 * The built-in sets in English, Spanish, Portuguese and Chinese (simplified and traditional). Each word must be all that
 * the person wrote. Plain yes and no are not among them: they answer questions.
 */
export const defaultKeywords: readonly KeywordSet[] = Object.entries(words).flatMap(([does, byLanguage]) =>
  Object.entries(byLanguage).map(([language, listed]) => ({
    name: `${does}-${language}`,
    does: does as keyof typeof words,
    language,
    words: [...listed],
    match: 'whole' as const,
  })),
);
