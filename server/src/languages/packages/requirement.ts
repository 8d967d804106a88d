/** What one manifest says about one package. */
export interface Requirement {
  readonly name: string;
  /** PEP 440 specifiers, for example `>=2.1,<3`; empty for any version. */
  readonly specifier: string;
  /** One-based. */
  readonly line: number;
  /** It only narrows what is asked for elsewhere. */
  readonly constrains?: boolean;
}
