import { readdirSync } from 'node:fs';

/** `npm run bench -- NAME`: runs one comparison; without a name it lists them. */
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && file !== 'main.ts')
  .map((file) => file.slice(0, -'.ts'.length));

const name = process.argv[2];
if (name === undefined) console.log(`npm run bench -- NAME, where NAME is one of: ${names.join(', ')}`);
else if (names.includes(name)) await import(`./${name}.ts`);
else {
  console.error(`bench: expected one of ${names.join(', ')}, got ${JSON.stringify(name)}`);
  process.exitCode = 2;
}
