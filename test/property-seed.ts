/**
 * The same samples of every property on every machine: whether a change passes is no matter of luck.
 *
 * SCHED_PROPERTY_SEED=N tries others, and SCHED_THOROUGH=1 more of them, with the tests that take long.
 */
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.SCHED_PROPERTY_SEED ?? 20_240_229) });
