import { z } from 'zod';
import type { Output } from '../notebook/document.ts';
import type { MeasuredResult } from './notebook-run.ts';

/** The MIME type under which a cell shows a figure that it measured. */
export const resultMime = 'application/vnd.labmill.result+json';

/** What `resultMime` holds. */
export type ResultData = Omit<MeasuredResult, 'cellIndex'>;

const resultSchema: z.ZodType<ResultData> = z.object({
  measure: z.string(),
  value: z.number(),
  unit: z.string().exactOptional(),
  threshold: z.number().exactOptional(),
  passed: z.boolean().exactOptional(),
});

/** Returns the figures among a cell's outputs; data of another shape is no figure. */
export function measuredResults(outputs: readonly Output[], cellIndex: number): MeasuredResult[] {
  return outputs.flatMap((output) => {
    if (output.output_type === 'stream' || output.output_type === 'error') return [];
    const data = resultData(output.data[resultMime]);
    return data === undefined ? [] : { ...data, cellIndex };
  });
}

/** Returns the figure that `resultMime` data holds, or undefined. */
export function resultData(data: unknown): ResultData | undefined {
  return resultSchema.safeParse(data).data;
}
