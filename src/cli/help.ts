/** How commander's help describes an option, here and in the reference. */
import { type AddHelpTextContext, Help, type HelpConfiguration, type Option } from 'commander';
import { wrap } from '../render/text/text.ts';

/** An option that may be repeated starts from an empty list, which is no default that a reader could use. */
export const HELP: HelpConfiguration = {
  minWidthToWrap: 20,
  optionDescription(option: Option): string {
    const empty = Array.isArray(option.defaultValue) && option.defaultValue.length === 0;
    const described = empty ? (Object.create(option, { defaultValue: { value: undefined } }) as Option) : option;
    return Help.prototype.optionDescription.call(this as Help, described);
  },
};

/** Columns of help where there is no terminal, as commander takes them. */
const HELP_COLUMNS = 80;

/** A paragraph after a command's help, no wider than the rest of it. */
export function wrapped(text: string): (context: AddHelpTextContext) => string {
  return ({ command }) => {
    const columns = command.configureOutput().getOutHelpWidth?.() ?? HELP_COLUMNS;
    return `\n${wrap(text.trim().replaceAll('\n', ' '), columns)}`;
  };
}
