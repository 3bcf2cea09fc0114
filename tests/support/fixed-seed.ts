import fc from 'fast-check';

/** Property tests draw the same values in every run; `LABMILL_SEED=random` (or a number) draws others. */
const { LABMILL_SEED = '1' } = process.env;

if (LABMILL_SEED !== 'random') fc.configureGlobal({ seed: Number(LABMILL_SEED) });
