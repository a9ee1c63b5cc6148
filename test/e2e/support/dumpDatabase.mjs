/**
 * Prints every row of every table of an SQLite database as one line of JSON, so that long texts,
 * which the file keeps in pieces, are whole. Run by Node.js 24: dumpDatabase.mjs <database>
 */
import { DatabaseSync } from 'node:sqlite';

// n8n may be writing just now: so many ms to wait for it.
const database = new DatabaseSync(process.argv[2], { readOnly: true, timeout: 30_000 });
const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
for (const { name } of tables) {
	for (const row of database.prepare(`SELECT * FROM "${name}"`).iterate()) {
		process.stdout.write(`${JSON.stringify([name, row])}\n`);
	}
}
database.close();
