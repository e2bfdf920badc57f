/** Builds the command once, so that black-box tests run what is in src. */
import { execFileSync } from 'node:child_process';

export default function setup(): void {
  execFileSync('npm', ['run', 'build:cli', '--silent'], { stdio: 'inherit' });
}
