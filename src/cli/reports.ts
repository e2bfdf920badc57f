/** From a finished run to what the renderers take. */
import { outcomeDigest, workloadDigest } from '../metrics/digest.ts';
import type { Report, RunReport } from '../render/report.ts';
import type { ScenarioRun } from '../run.ts';
import { policyNamed } from '../schedulers/index.ts';
import { optionsInSeconds, settings } from './policy-options.ts';

/** @param digests whether some output shows them: they take time on millions of requests */
export async function reportOf({ scenario, workload: { table }, runs }: ScenarioRun, digests: boolean): Promise<Report> {
  const reported: RunReport[] = [];
  for (const { scheduler, policy, options, summary, outcomes, sameScheduleAs } of runs) {
    const digest = digests ? await outcomeDigest(table, outcomes) : null;
    const definition = policyNamed(policy)!;
    reported.push({
      scheduler, policy, options: optionsInSeconds(definition, options), settings: settings(definition, options),
      summary, outcomeDigest: digest, sameScheduleAs,
    });
  }
  return {
    name: scenario.name, file: scenario.file, seed: scenario.seed, requests: table.count,
    digest: digests ? await workloadDigest(table) : null,
    engine: scenario.engine,
    classes: scenario.classes.map(({ name }) => name), tenants: table.tenants,
    runs: reported,
  };
}
