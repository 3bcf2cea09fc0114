#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { cacheDirectory } from '../data/cache-directory.ts';

// A command is sixty small files: compiling them anew each time would be a third of the time that a short one takes.
enableCompileCache(join(cacheDirectory(), 'compiled'));
const { runCommandLine } = await import('./command-line.ts');

process.exitCode = await runCommandLine(process.argv.slice(2));
