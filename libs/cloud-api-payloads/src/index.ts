export { limits } from './limits';
export { parseWith, problemsOf, type Parsed, type Problem } from './problems';
export { DirectSendMessage } from './send/direct-send';
export { Interactive } from './send/interactive';
export { MarkAsRead } from './send/mark-as-read';
export { MarketingMessage } from './send/marketing-message';
export { mediaFileProblem, mediaKindOf, type MediaKind } from './send/media-file';
export { isPrivateHost, privateLinks, type PrivateLink } from './send/private-links';
export { ProfileChange } from './send/profile-change';
export { contents, parseSendMessage, SendMessage, type ContentType } from './send/send-message';
export { SendComponent, SendComponents, TemplateMessage } from './send/template-message';
export { bodyMax, checkSendComponents } from './template/check-send-components';
export { type ComponentProblem } from './template/component-problem';
export { componentsFrom, type ComponentsFrom, type SimpleVariables } from './template/components-from';
export {
  parseTemplateDefinition,
  TemplateDefinition,
  type TemplateBody,
  type TemplateButton,
  type TemplateCard,
  type TemplateComponent,
  type TemplateFooter,
  type TemplateHeader,
} from './template/definition';
export { bodyTextOf, buttonsOf, cardsOf, componentOf, isNamed } from './template/parts';
export { findingCatalogue, type Finding, type FindingCode } from './template/findings/catalogue';
export { type Severity } from './template/findings/entry';
export { templateFindings } from './template/findings/template-findings';
export {
  renderTemplate,
  type RenderedButton,
  type RenderedCard,
  type RenderedHeader,
  type RenderedTemplate,
} from './template/render-template';
export { templateVariables, variablesIn, type ButtonVariable, type TemplateVariables } from './template/variables';
export { parseExactJson, type ExactJson, type JsonRefusal } from './webhook/exact-json';
export { type EchoedMessage, type InboundMessage } from './webhook/inbound-message';
export { MessageStatus } from './webhook/message-status';
export {
  parseWebhook,
  type MetaValue,
  type ParsedWebhook,
  type WebhookChange,
  type WebhookDelivery,
  type WebhookEntry,
  type WebhookRefusal,
} from './webhook/parse-webhook';
export { peopleIn, type PeopleIn } from './webhook/people-in';
export { isUserId, recipientOf, senderOf, type Person } from './webhook/person';
export {
  fieldNames,
  isMessageField,
  messageFields,
  readField,
  type FieldName,
  type FieldReading,
  type FieldValue,
} from './webhook/read-field';
export { readMessages, type MessagesValue, type UserAction } from './webhook/read-messages';
export { readPreferences } from './webhook/read-preferences';
export { ThreadOwners, type UserPreference } from './webhook/conversation-fields';
export { detailsOf, momentOf, type Item, type Metadata, type WireContact, type WireError } from './webhook/wire';
