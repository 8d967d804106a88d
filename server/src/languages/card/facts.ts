/** A name on a model hub, and the file of the workspace that says so. */
export interface NamedIn {
  readonly id: string;
  readonly path: string;
}

/** A model or data file as a card lists it. */
export interface ListedFile {
  /** Relative to the card, forward slashes. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** Lower-case hex. */
  readonly sha256?: string;
  /** Names of the columns of a table. */
  readonly columns?: readonly string[];
}

export interface Metric {
  readonly name: string;
  readonly value: number;
  readonly dataset?: string;
  /** File of the workspace that states it. */
  readonly path: string;
}

/** What a workspace already says about a model or its data; everything else is left to people. */
export interface CardFacts {
  /** Of the folder that holds the model. */
  readonly name?: string;
  /** Id of SPDX or the Hub in lower case. */
  readonly license?: string;
  readonly libraryName?: string;
  /** Class of the model in `config.json`. */
  readonly architecture?: string;
  readonly baseModels: readonly NamedIn[];
  readonly datasets: readonly NamedIn[];
  readonly weights: readonly ListedFile[];
  readonly data: readonly ListedFile[];
  /** Libraries whose version is fixed, by name on PyPI. */
  readonly libraries: readonly { readonly name: string; readonly version: string }[];
  readonly metrics: readonly Metric[];
}

export const NO_FACTS: CardFacts = { baseModels: [], datasets: [], weights: [], data: [], libraries: [], metrics: [] };
