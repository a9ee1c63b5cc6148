/**
 * Enters an installed package in n8n's database, so that Settings > Community nodes lists it.
 * Run by Node.js 24, which has SQLite built in: registerPackage.mjs <database> <entry as JSON>
 */
import { DatabaseSync } from 'node:sqlite';

const [, , file, json] = process.argv;
const { name, version, authorName, authorEmail, nodes } = JSON.parse(json);
const database = new DatabaseSync(file);
database.exec('PRAGMA busy_timeout = 10000');
database.exec('BEGIN IMMEDIATE');
database.prepare('DELETE FROM installed_nodes WHERE package = ?').run(name);
database.prepare('DELETE FROM installed_packages WHERE packageName = ?').run(name);
database
	.prepare(
		`INSERT INTO installed_packages
			(packageName, installedVersion, authorName, authorEmail, createdAt, updatedAt)
			VALUES (?, ?, ?, ?, datetime('now'), datetime('now'))`,
	)
	.run(name, version, authorName, authorEmail);
for (const node of nodes) {
	database
		.prepare('INSERT INTO installed_nodes (name, type, latestVersion, package) VALUES (?, ?, ?, ?)')
		.run(node.name, node.type, node.latestVersion, name);
}
database.exec('COMMIT');
database.close();
