/** The licences of what is in the bundle: most of them ask that their text goes with every copy. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const LICENCE_FILE = /^(licen[cs]e|copying|notice)/i;

/** A comment with a copyright of its own: a file may come from elsewhere than the package it is in. */
const COMMENT = /\/\*[^]*?\*\/|(?:^[ \t]*\/\/.*\n?)+/gm;

/**
 * @param files paths of all files in the bundle
 * @returns a text with name, version, licence and its text of every package that one of them belongs to
 * @throws Error where a package brings no licence
 */
export function notices(files) {
  const folders = new Map();
  for (const file of files) {
    const folder = packageFolder(file);
    if (folder !== undefined) folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  const sections = [...folders].map(([folder, own]) => notice(folder, own)).sort();
  return ['This folder holds code of other people, bundled with that of sched. Their terms:', ...sections].join(`\n\n${'-'.repeat(80)}\n\n`);
}

/** …/node_modules/name or …/node_modules/@scope/name, the innermost. */
function packageFolder(file) {
  return /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(file)?.[0];
}

function notice(folder, files) {
  // Once it was a list.
  const { name, version, licenses, license = licenses?.map(({ type }) => type).join(' OR ') } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder).filter((file) => LICENCE_FILE.test(file)).map((file) => readFileSync(join(folder, file), 'utf8').trim());
  if (texts.length === 0) texts.push(fromReadme(folder, name));
  for (const comment of files.flatMap(copyrights)) if (!texts.includes(comment)) texts.push(comment);
  return [`${name} ${version} (${license})`, ...texts].join('\n\n');
}

function copyrights(file) {
  return (readFileSync(file, 'utf8').match(COMMENT) ?? []).filter((comment) => /copyright/i.test(comment)).map((comment) => comment.trim());
}

/** The last section of a readme, where a package has its licence there. */
function fromReadme(folder, name) {
  const [, text] = /\n(LICENSE[^\n]*\n-+\n[^]*)$/i.exec(readFileSync(join(folder, 'README.md'), 'utf8')) ?? [];
  if (text === undefined) throw new Error(`${name} is in the bundle and brings no licence`);
  return text.trim();
}
