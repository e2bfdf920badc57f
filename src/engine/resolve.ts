/** An `engine:` as a user wrote it, with its preset underneath and hardware as what it stands for: what validation judges. */
import { isMapping } from '../core/choice.ts';
import { isAsked, type Resolved, withHardware } from './hardware/index.ts';
import type { ModelFile } from './hardware/server.ts';
import { withPreset } from './presets/index.ts';

/** @param modelFile what is in the file that `model` names, where it names one */
export function resolveEngine(engine: unknown, modelFile?: ModelFile): Resolved {
  // A preset's rules for the KV cache hold once there is one, and hardware gives one.
  const asked = isMapping(engine) && isAsked(engine) ? { kvCache: {}, ...engine } : engine;
  return withHardware(withPreset(asked), modelFile);
}
