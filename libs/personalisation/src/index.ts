export { chooseLanguage, type ChosenLanguage, type LanguageWish } from './choose-language';
export { fillTemplate, liquidProblem, type FilledTemplate, type Given, type ValueProblem } from './fill-template';
export {
  LiquidProblem,
  personaliser,
  type Data,
  type Filled,
  type Personaliser,
  type Values,
  type Variables,
} from './personaliser';
