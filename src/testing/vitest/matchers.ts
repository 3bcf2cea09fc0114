import type { Matcher, MatcherState } from 'vitest';
import { type CheckFindings, type CheckResult, describeResult } from '../check-result.ts';
import { holdQualityCheck, type HoldQualityCheckOptions } from '../hold-quality-check.ts';
import type { Model } from '../model.ts';
import { scoreCheck, type ScoreCheckOptions } from '../score-check.ts';
import { stableResidualsCheck, type StableResidualsCheckOptions } from '../stable-residuals-check.ts';

/** What every matcher takes besides its check's options. */
export interface VerdictOptions {
  /** What an inconclusive verdict does to the test, with and without `.not`. Default: `"fail"`. */
  readonly inconclusive?: 'fail' | 'pass';
}

/** What a matcher leaves on `task.meta.checks` for reporters. */
export type CheckRecord = Pick<
  CheckFindings,
  'check' | 'data' | 'measure' | 'value' | 'ci' | 'threshold' | 'n' | 'verdict'
>;

/** The matchers that `labmill/vitest` adds to `expect`. All are asynchronous: await them. */
export interface ModelMatchers {
  /** Passes when the model's score on `on` reaches `min` (or stays under `max`) with confidence: see `scoreCheck`. */
  toScore(options: ScoreCheckOptions & VerdictOptions): Promise<void>;
  /** Passes when the metric drops by at most `maxDrop` between two data sets: see `holdQualityCheck`. */
  toHoldQuality(options: HoldQualityCheckOptions & VerdictOptions): Promise<void>;
  /** Passes when the errors spread no wider on `to` than on `from`: see `stableResidualsCheck`. */
  toHaveStableResiduals(options: StableResidualsCheckOptions & VerdictOptions): Promise<void>;
}

declare module 'vitest' {
  // The parameters are spelled as Vitest spells them: declarations merge only then.
  interface Matchers<R, T> extends ModelMatchers {}
  interface TaskMeta {
    /** What the model matchers of this test found, in order. */
    checks?: CheckRecord[];
  }
}

/** The implementations, for `expect.extend`. */
export const matchers: Record<keyof ModelMatchers, Matcher> = {
  toScore: matcher('toScore', scoreCheck),
  toHoldQuality: matcher('toHoldQuality', holdQualityCheck),
  toHaveStableResiduals: matcher('toHaveStableResiduals', stableResidualsCheck),
};

function matcher(name: string, check: (model: Model, options: never) => Promise<CheckResult>): Matcher {
  return async function (this: MatcherState, model: Model, options: VerdictOptions) {
    const result = await check(model, options as never);
    record(this, result);
    const isNot = this.isNot ?? false; // without `.not` it is undefined, whatever its type says
    const passes = { pass: !isNot, fail: isNot, inconclusive: options.inconclusive === 'pass' }[result.verdict];
    const wanted = isNot ? 'fail' : 'pass';
    return {
      pass: passes !== isNot, // vitest turns this around for `.not`
      message: () =>
        `expect(model).${isNot ? 'not.' : ''}${name}: expected the verdict ${wanted}, got ${result.verdict}\n` +
        describeResult(result),
    };
  };
}

function record({ task }: MatcherState, result: CheckResult): void {
  if (task === undefined) return;
  const { check, data, measure, value, ci, threshold, n, verdict } = result;
  const entry = { check, measure, value, ci, threshold, n, verdict, ...(data === undefined ? {} : { data }) };
  task.meta.checks = [...(task.meta.checks ?? []), entry];
}
