/** How commander's help describes an option, here and in the reference. */
import { Help, type HelpConfiguration, type Option } from 'commander';

/** An option that may be repeated starts from an empty list, which is no default that a reader could use. */
export const HELP: HelpConfiguration = {
  optionDescription(option: Option): string {
    const empty = Array.isArray(option.defaultValue) && option.defaultValue.length === 0;
    const described = empty ? (Object.create(option, { defaultValue: { value: undefined } }) as Option) : option;
    return Help.prototype.optionDescription.call(this as Help, described);
  },
};
