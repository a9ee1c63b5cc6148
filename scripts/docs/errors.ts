import { shippedMessages, vendorPhrases, type Message } from './messages';

/** What is known of an error beyond the code: why it comes. Kept by hand in the document itself. */
export type Causes = ReadonlyMap<string, string>;

interface Kind {
	title: string;
	intro: string;
	holds(message: Message): boolean;
	/** Whether each message has a cause of its own, written by hand. */
	needsCause: boolean;
}

const KINDS: readonly Kind[] = [
	{
		title: 'Credential and sign-in',
		intro:
			'Code `credential` where the fields cannot be used, `signIn` where signing in fails. Nothing was changed.',
		holds: ({ file }) => file.includes('credentials/') || file.endsWith('originUrl.ts'),
		needsCause: true,
	},
	{
		title: 'Input',
		intro:
			'Code `badInput`. A field holds something else than it takes, often because an expression gives another type, or nothing. It is found before any request is sent, so nothing was changed.',
		holds: ({ codes, file }) => codes.includes('badInput') || file.endsWith('.resource.ts'),
		needsCause: false,
	},
	{
		title: 'Refused before anything is sent',
		intro: 'Outcome `refused`. The state was read, and the rules say no. Nothing was changed.',
		holds: ({ file }) => /refusals\.ts$|^guarded-change\/plan\.ts$|\.operation\.ts$/.test(file),
		needsCause: true,
	},
	{
		title: 'What came back, or did not',
		intro:
			'Outcome `refused`, `failed`, `notTried` or `unknown`; look at `outcome` before you go on.',
		holds: () => true,
		needsCause: true,
	},
];

/** Stands where a cause has to be written. A test does not let it pass. */
export const NO_CAUSE = 'TO BE WRITTEN';

const INTRO = `# Errors

Every message that the packages can give, why it comes, and the way out. Made by \`npm run docs\` from the code; the causes are kept here by hand, and running it again keeps them. Values that are filled in stand in ‹…›.

A failed item carries \`error\` with \`message\`, \`description\` (the way out), \`code\`, \`outcome\`, \`before\`, \`after\` and \`attempts\`. Branch on \`outcome\` and \`code\`, not on the message:

- \`refused\`: nothing was changed, and running again as it is gives the same.
- \`failed\`: nothing was changed, or the description says what was; running again is safe.
- \`notTried\`: another item stopped the run first; running again is safe.
- \`unknown\`: it may have taken effect. Look before anything else is done; the node does not send again on a guess.`;

/** The catalogue as Markdown. Pure, but for reading the sources. */
export function errorsDocument(causes: Causes): string {
	const messages = shippedMessages();
	const groups = new Map<string, Message[]>();
	for (const message of messages) {
		const group = groupOf(message);
		groups.set(group, [...(groups.get(group) ?? []), message]);
	}
	const order = [...groups.keys()].sort((one, other) => rank(one) - rank(other));
	return [INTRO, ...order.flatMap((group) => groupText(group, groups.get(group)!, causes))].join(
		'\n\n',
	);
}

const SHARED = 'All packages';

function groupOf({ file }: Message): string {
	const sibling = /^packages\/([^/]+)\//.exec(file)?.[1];
	if (sibling !== undefined) return sibling;
	return /^(nodes|credentials)\//.test(file) ? 'n8n-nodes-nexudus' : SHARED;
}

function rank(group: string): number {
	const place = ['n8n-nodes-nexudus', SHARED].indexOf(group);
	return place < 0 ? 2 : place;
}

function groupText(group: string, messages: Message[], causes: Causes): string[] {
	const left = new Set(messages);
	const sections = KINDS.flatMap((kind) => {
		const own = [...left].filter((message) => kind.holds(message));
		own.forEach((message) => left.delete(message));
		if (own.length === 0) return [];
		const entries = merged(own).map((message) => entry(group, message, kind, causes));
		return [`### ${kind.title}`, kind.intro, entries.join('\n')];
	});
	return [`## ${group}`, ...phrases(group), ...sections];
}

/** What a vendor's words put in for ‹whereToLook› and ‹foreignAnswer› in the messages of all packages. */
function phrases(group: string): string[] {
	const own = vendorPhrases().filter((phrase) => groupOf(phrase) === group);
	const lines = own.map(({ codes: [name], text }) => `- ‹${name}›: ${text}`);
	return own.length === 0
		? []
		: [
				`In the messages for [all packages](#all-packages) these values are here, by what is changed and who acts:`,
				lines.sort().join('\n'),
			];
}

/** One entry for a message that several places give. */
function merged(messages: readonly Message[]): Message[] {
	const byText = new Map<string, Message>();
	for (const message of messages) {
		const earlier = byText.get(message.text);
		const all = (name: 'codes' | 'wayOut') => [
			...new Set([...(earlier?.[name] ?? []), ...message[name]]),
		];
		byText.set(message.text, { ...message, codes: all('codes'), wayOut: all('wayOut') });
	}
	return [...byText.values()];
}

function entry(group: string, message: Message, kind: Kind, causes: Causes): string {
	const { codes, text, wayOut } = message;
	const named = codes.filter((code) => code !== 'badInput').map((code) => ` \`${code}\``);
	const cause = causes.get(keyOf(group, text)) ?? NO_CAUSE;
	return [
		`- **${text}**${named.join(',')}`,
		...(kind.needsCause ? [`  - Cause: ${cause}`] : []),
		...wayOut.map((way) => `  - Way out: ${way}`),
	].join('\n');
}

const keyOf = (group: string, text: string) => `${group}\n${plain(text)}`;

/** Without what a formatter of Markdown may put before a sign. */
const plain = (text: string) => text.replaceAll('\\', '');

/** The causes that a written catalogue holds, by package and message. Pure. */
export function causesIn(document: string): Causes {
	const causes = new Map<string, string>();
	let [group, text] = ['', ''];
	for (const line of document.split('\n')) {
		group = /^## (.+)$/.exec(line)?.[1] ?? group;
		text = /^- \*\*(.+)\*\*(?: `.*)?$/.exec(line)?.[1] ?? text;
		const cause = /^ +- Cause: (.+)$/.exec(line)?.[1];
		if (cause !== undefined && cause !== NO_CAUSE) causes.set(keyOf(group, text), cause);
	}
	return causes;
}
