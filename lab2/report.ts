import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileReadError } from 'labmill';

/** Where a part of the data came from, and what proves that it is this part and no other. */
export type Source = {
  /** The file of `raw/` that it became. */
  readonly file: string;
  readonly address: string;
  readonly rows: number;
} & (
  | { readonly kind: 'http'; readonly sha256: string }
  | { readonly kind: 'git'; readonly commit: string }
  | { readonly kind: 'sql'; readonly query: string }
);

/** A feature that the model was given. */
export interface SelectedFeature {
  readonly name: string;
  /** The analysis of variance of the training rows. */
  readonly F: number;
  readonly p: number;
  /** The fall of the test accuracy when its values are shuffled: mean and standard deviation over the repeats. */
  readonly importance: { readonly mean: number; readonly std: number };
}

/** What `report.json` holds. */
export interface Report {
  readonly sources: readonly Source[];
  /** How many rows the model learned from, as its file tells, and how many it was tested on. */
  readonly rows: { readonly train: number | undefined; readonly test: number };
  /** The most important first. */
  readonly features: readonly SelectedFeature[];
  readonly metric: 'accuracy';
  readonly score: number;
  /** The 95 % confidence interval of the score. */
  readonly interval: readonly [low: number, high: number];
  /** The share of malignant tumours that were found. */
  readonly recallOfMalignant: number;
  readonly threshold: number;
  readonly passed: boolean;
}

/** Returns, in words, what a source can be checked by. */
export function proofOf(source: Source): string {
  if (source.kind === 'http') return `sha256 ${source.sha256}`;
  return source.kind === 'git' ? `commit ${source.commit}` : source.query;
}

/** Returns what the first step wrote down about the sources. */
export function readSources(out: string): Source[] {
  const path = join(out, 'sources.json');
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Source[];
  } catch (cause) {
    throw new FileReadError(`${path}: could not be read. Run the steps before this one first.`, { cause });
  }
}
