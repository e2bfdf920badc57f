/** What the file exports. @throws whatever it throws, and SyntaxError */
export function importFile(url: string): Promise<Readonly<Record<string, unknown>>>;
