export { chooseLanguage, type LanguageWish } from './choose-language';
export {
  LiquidProblem,
  personaliser,
  type Data,
  type Filled,
  type Personaliser,
  type Values,
  type Variables,
} from './personaliser';
