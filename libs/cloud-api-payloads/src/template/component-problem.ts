/** One way in which the components of a send do not fit the template, with the code that Meta would answer. */
export interface ComponentProblem {
  readonly code:
    | 'missing-component'
    | 'unexpected-component'
    | 'parameter-count'
    | 'parameter-name'
    | 'parameter-type'
    | 'parameter-value'
    | 'too-long';
  readonly path: string;
  readonly message: string;
  readonly metaCode: 132000 | 132005 | 132012 | 132018;
}

const metaCodes = {
  'missing-component': 132000,
  'unexpected-component': 132000,
  'parameter-count': 132000,
  'parameter-name': 132000,
  'parameter-type': 132012,
  'parameter-value': 132018,
  'too-long': 132005,
} as const;

export const componentProblem = (code: ComponentProblem['code'], path: string, message: string): ComponentProblem => ({
  code,
  path,
  message,
  metaCode: metaCodes[code],
});
