// Writes the table of disposable domains to the given file: `node dist/prepare-lists.js FILE`. Part of the build.
import { renameSync, writeFileSync } from 'node:fs';
import { prepareDisposable } from '@/worker/adapters/lists/create-lists';

const [, , file] = process.argv;
if (file === undefined) throw new Error('Name the file to write.');
writeFileSync(`${file}.${process.pid}`, prepareDisposable());
renameSync(`${file}.${process.pid}`, file);
