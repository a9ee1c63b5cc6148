import { documents, fences, prose } from './documents';

/** A command that a document tells its reader to run. */
export interface Command {
	document: string;
	text: string;
}

const SHELL = ['sh', 'bash', 'shell', 'console'];
const PROGRAMS = ['npm', 'npx', 'node', 'docker', 'curl', 'git', 'sudo', 'apt-get'];
const INLINE = new RegExp(`\`((?:${PROGRAMS.join('|')}) [^\`]+)\``, 'g');

/** Every command of every document, once for each document: of shell blocks, and inside sentences. */
export function commands(): Command[] {
	return documents().flatMap((document) => {
		const blocks = fences(document)
			.filter(({ language }) => SHELL.includes(language))
			.flatMap(({ text }) => linesOf(text));
		const inline = [...prose(document).matchAll(INLINE)].map(([, text]) => text!);
		return [...new Set([...blocks, ...inline])].map((text) => ({ document, text }));
	});
}

/** The commands of a block: continued lines are one, comments are none. */
function linesOf(block: string): string[] {
	return block
		.replace(/\\\n\s*/g, '')
		.split('\n')
		.map((line) => line.replace(/(^|\s+)# .*$/, '').trim())
		.filter((line) => line !== '');
}
