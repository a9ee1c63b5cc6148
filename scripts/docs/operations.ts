import type {
	ICredentialType,
	INodeProperties,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';
import { fieldList, notices, sentence } from './fields';
import type { ShippedPackage } from './shipped';

/** What the form asks for under one heading: an operation, or the whole node where it has none. */
interface Form {
	title: string;
	description?: string;
	fields: INodeProperties[];
}

/** The reference of a package: every node, operation, field and credential. Pure. */
export function operationsDocument({ name, nodes, credentials }: ShippedPackage): string {
	return [
		`# Operations of ${name}`,
		'Made by `npm run docs` from the descriptions that n8n shows as forms. Names in `code` are those of workflow files and expressions.',
		...nodes.flatMap(nodeText),
		...credentials.flatMap(credentialText),
	].join('\n\n');
}

function nodeText(node: INodeTypeDescription): string[] {
	const forms = formsOf(node);
	const shared = sharedCollections(forms);
	return [
		`## ${node.displayName}`,
		`${sentence(node.description)} Node type \`${node.name}\`${node.usableAsTool ? ', also as a tool of AI agents' : ''}.`,
		...(forms.length > 1 ? [contents(forms)] : []),
		...forms.flatMap((form) => formText(form, shared)),
		...[...shared].flatMap(([text, { title, intro }]) => [`### ${title}`, intro, text]),
	];
}

function contents(forms: Form[]): string {
	return forms.map(({ title }) => `- ${linked(title)}`).join('\n');
}

function formText({ title, description, fields }: Form, shared: Map<string, Shared>): string[] {
	const own = fields.filter((field) => !shared.has(insideOf(field)));
	const elsewhere = fields.flatMap((field) => {
		const place = shared.get(insideOf(field));
		return place ? [`- **${field.displayName}** \`${field.name}\`: ${linked(place.title)}`] : [];
	});
	const list = [fieldList(own, fields), ...elsewhere].filter((text) => text !== '').join('\n');
	return [
		`### ${title}`,
		...(description === undefined ? [] : [sentence(description)]),
		...notices(fields),
		...(list === '' ? ['No fields.'] : [list]),
	];
}

/** One form for each operation of each resource. */
function formsOf({ displayName, properties }: INodeTypeDescription): Form[] {
	const choosers = properties.filter(({ name }) => name === 'operation');
	if (choosers.length === 0) return [{ title: `Fields of ${displayName}`, fields: properties }];
	// There may be several of one name, each shown under another condition.
	const resources = properties.filter(({ name }) => name === 'resource').flatMap(choicesOf);
	return choosers.flatMap((chooser) => {
		const resource = chooser.displayOptions?.show?.resource?.[0];
		const option = resources.find(({ value }) => value === resource);
		return choicesOf(chooser).map(({ name, value, description }) => ({
			title: `${option?.name ?? displayName}: ${name}`,
			description,
			fields: properties.filter(
				(field) =>
					!['resource', 'operation'].includes(field.name) &&
					applies(field, 'resource', resource) &&
					applies(field, 'operation', value),
			),
		}));
	});
}

function choicesOf(field: INodeProperties | undefined): INodePropertyOptions[] {
	return (field?.options ?? []) as INodePropertyOptions[];
}

function applies({ displayOptions }: INodeProperties, name: string, value: unknown): boolean {
	const shown = displayOptions?.show?.[name];
	const hidden = displayOptions?.hide?.[name];
	const holds = (values: readonly unknown[]) => values.includes(value);
	return (shown === undefined || holds(shown)) && (hidden === undefined || !holds(hidden));
}

interface Shared {
	title: string;
	intro: string;
}

/** Collections that several operations have with the same entries, by their text. */
function sharedCollections(forms: Form[]): Map<string, Shared> {
	const users = new Map<string, { field: INodeProperties; titles: string[] }>();
	for (const { title, fields } of forms) {
		for (const field of fields.filter(({ type }) => type === 'collection')) {
			const text = insideOf(field);
			users.set(text, { field, titles: [...(users.get(text)?.titles ?? []), title] });
		}
	}
	return new Map(
		[...users]
			.filter(([, { titles }]) => titles.length > 1)
			.map(([text, { field, titles }]) => [
				text,
				{
					title: `${field.displayName} (as in ${titles[0]})`,
					intro: `${sentence(field.description ?? '')} Used by ${listed(titles.map(linked))}.`,
				},
			]),
	);
}

const linked = (title: string) => `[${title}](#${anchor(title)})`;

function insideOf(field: INodeProperties): string {
	if (field.type !== 'collection') return '';
	const inner = (field.options ?? []) as INodeProperties[];
	return fieldList(inner, inner);
}

function listed(names: string[]): string {
	return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** As GitHub makes the anchor of a heading. */
function anchor(title: string): string {
	return title
		.toLowerCase()
		.replace(/[^\p{L}\p{N} _-]/gu, '')
		.replace(/ /g, '-');
}

function credentialText({ displayName, name, properties, documentationUrl }: ICredentialType) {
	return [
		`## Credential: ${displayName}`,
		`Credential type \`${name}\`${documentationUrl ? ` ([more](${documentationUrl}))` : ''}.`,
		...notices(properties),
		fieldList(properties),
	];
}
